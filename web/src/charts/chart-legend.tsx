import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { lineColor } from './chart-colors.ts';
import type { ChartData, HiddenGroups } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';

interface ChartLegendProps {
  readonly data: ChartData;
  readonly spec: ChartSpec;
  readonly scheme: 'light' | 'dark';
  /** The x under the pointer, by index; null for the last. */
  readonly pointed: number | null;
  readonly writeX: (moment: string) => string;
  readonly writeY: (value: string) => string;
  readonly hidden: HiddenGroups;
  readonly onHiddenChange: (hidden: HiddenGroups) => void;
}

/** Lists the lines with their value under the pointer, else their last one; a click toggles a line. */
export function ChartLegend(props: ChartLegendProps) {
  const { data, spec, scheme, pointed, writeX, writeY, hidden, onHiddenChange } = props;
  const { t } = useTranslation();
  const pointedX = pointed === null ? undefined : data.moments[pointed];
  const toggle = (group: string | null): void => {
    const next = new Set(hidden);
    if (!next.delete(group)) next.add(group);
    onHiddenChange(next);
  };
  return (
    <Group
      component="ul"
      gap="xs"
      m={0}
      mt="xs"
      p={0}
      aria-label={t('charts.legend')}
      style={{ listStyle: 'none' }}
    >
      {data.lines.map(({ group, exact, last }, index) => {
        const value = pointedX === undefined || pointed === null ? last : exact[pointed];
        return (
          <li key={group ?? ''}>
            <UnstyledButton
              aria-pressed={!hidden.has(group)}
              onClick={() => toggle(group)}
              opacity={hidden.has(group) ? 0.5 : 1}
              px={6}
              py={2}
              style={{ borderRadius: 'var(--mantine-radius-sm)' }}
            >
              <Group gap={6} wrap="nowrap">
                <Box w={12} h={3} bg={lineColor(index, scheme)} style={{ borderRadius: 2 }} />
                <Text span size="sm" className="wrap-anywhere">
                  {group ?? (spec.groupBy === null ? spec.y : t('charts.noGroup'))}
                </Text>
                <Text span size="sm" fw={600} className="numeric">
                  {typeof value === 'string' ? writeY(value) : '–'}
                </Text>
              </Group>
            </UnstyledButton>
          </li>
        );
      })}
      {pointedX !== undefined && (
        <Text component="li" size="sm" c="dimmed" className="numeric">
          {writeX(pointedX)}
        </Text>
      )}
      {data.groupsLeftOut > 0 && (
        <Text component="li" size="sm" c="dimmed">
          {t('charts.leftOut', { count: data.groupsLeftOut })}
        </Text>
      )}
    </Group>
  );
}
