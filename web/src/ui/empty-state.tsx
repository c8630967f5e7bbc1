import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: string;
  /** A button or link that helps. */
  readonly action?: ReactNode;
}

/** Replaces a list or page that has nothing to show. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <Center mih={260} p="lg">
      <Stack align="center" gap="sm" maw={440}>
        <Text c="dimmed" lh={0}>
          {icon}
        </Text>
        <Title order={2} ta="center" className="wrap-anywhere">
          {title}
        </Title>
        {text && (
          <Text c="dimmed" ta="center" className="wrap-anywhere">
            {text}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
