import { Container, Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  readonly size?: 'sm' | 'lg';
  /** Navigation above the heading. */
  readonly nav?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a page: its title in the document title and in the only main heading. */
export function Page({ title, actions, size = 'lg', nav, children }: PageProps) {
  return (
    <Container size={size === 'lg' ? 1240 : 760} px={{ base: 'sm', sm: 'lg' }} py="lg">
      <title>{`${title} · Affluent`}</title>
      <Stack gap="lg">
        {nav}
        <Group justify="space-between" align="center" gap="sm">
          <Title order={1} className="wrap-anywhere">
            {title}
          </Title>
          {actions}
        </Group>
        {children}
      </Stack>
    </Container>
  );
}
