import { Text, VisuallyHidden } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../i18n/use-format.ts';
import type { ChartData, LastPoint } from './chart-data.ts';

/** The least time between two announcements to screen readers. */
const SPEAK_EVERY_MS = 5000;

interface ChartSummaryProps {
  readonly title: string;
  readonly data: ChartData;
  readonly writeX: (moment: string) => string;
  readonly writeY: (value: string) => string;
  /** The drawing that the summary describes. */
  readonly children: ReactNode;
}

/** Describes a chart in words, as visible text and for screen readers. */
export function ChartSummary({ title, data, writeX, writeY, children }: ChartSummaryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pointCount, rowCount, last } = data;
  const figures = {
    title,
    points: format.integer(pointCount),
    rows: format.integer(rowCount),
    x: last ? placeOf(last, writeX) : '–',
    y: last ? writeY(last.y) : '–',
  };
  const spoken = useThrottledValue(t('charts.lastSpoken', figures), SPEAK_EVERY_MS);
  return (
    <>
      <Text
        size="sm"
        c="dimmed"
        className="numeric"
        data-testid="chart-summary"
        data-rows={rowCount.toString()}
      >
        {t('charts.summary', figures)}
      </Text>
      {/* A drawing on a canvas is an image, and no file that an <img> could load. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div role="img" aria-label={t('charts.label', figures)}>
        {children}
      </div>
      <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>
    </>
  );
}

function placeOf({ x, group }: LastPoint, writeX: (moment: string) => string): string {
  return group === null ? writeX(x) : `${group}, ${writeX(x)}`;
}
