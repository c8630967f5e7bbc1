import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import './copy-field.css';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** A value to copy: with a button or, where the browser denies clipboard access, by a click that selects all of it. */
export function CopyField({ label, value }: CopyFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} id={id}>
          {label}
        </Text>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" onClick={copy} aria-describedby={id}>
              {t(copied ? 'ui.copied' : 'ui.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block className="copy-field" aria-labelledby={id} tabIndex={0}>
        {value}
      </Code>
    </Stack>
  );
}
