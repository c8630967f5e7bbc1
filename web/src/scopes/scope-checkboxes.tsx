import { Checkbox, Code, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { describeScope, SCOPES } from './describe-scopes.ts';

interface ScopeCheckboxesProps {
  readonly label: string;
  readonly value?: string[];
  readonly error?: ReactNode;
  readonly onChange?: (scopes: string[]) => void;
}

/** Selects the scopes of a program. */
export function ScopeCheckboxes({ label, ...field }: ScopeCheckboxesProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group label={label} withAsterisk {...field}>
      <Stack gap={8} mt={6}>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            label={
              <>
                {describeScope(scope, t)} <Code>{scope}</Code>
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
