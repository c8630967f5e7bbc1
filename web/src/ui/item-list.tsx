import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import './item-list.css';

interface ItemListProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** A vertical list of {@link Item}s. */
export function ItemList({ label, children }: ItemListProps) {
  return (
    <ul className="item-list" aria-label={label}>
      {children}
    </ul>
  );
}

interface ItemProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** Beside the title. */
  readonly badge?: ReactNode;
  /** In small print below the title. */
  readonly facts: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** An entry of an {@link ItemList} with its title, facts and actions. */
export function Item({ icon, title, badge, facts, actions, children }: ItemProps) {
  return (
    <li>
      {icon}
      <Stack gap={4} className="item-text">
        <Group gap="xs">
          <Text fw={600} className="wrap-anywhere">
            {title}
          </Text>
          {badge}
        </Group>
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          {facts}
        </Text>
        {children}
      </Stack>
      <Group gap="xs" className="item-actions">
        {actions}
      </Group>
    </li>
  );
}
