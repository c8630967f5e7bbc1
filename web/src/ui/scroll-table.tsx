import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface ScrollTableProps {
  readonly label: string;
  readonly maxHeight?: number;
  readonly children: ReactNode;
}

/** A table that scrolls inside its own frame, by keyboard too, and never widens the page. */
export function ScrollTable({ label, maxHeight, children }: ScrollTableProps) {
  return (
    <section
      aria-label={label}
      // A scrolling region must take the focus for the arrow keys to move it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      style={{ overflow: 'auto', maxHeight }}
    >
      <Table verticalSpacing={6} horizontalSpacing="sm" stickyHeader={maxHeight !== undefined}>
        {children}
      </Table>
    </section>
  );
}
