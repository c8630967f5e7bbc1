import type { TFunction } from 'i18next';

import type { ChartSpec } from './chart-spec.ts';

/** Describes a chart, such as "Average of price by date, one line per symbol". */
export function describeSpec({ x, y, measure, groupBy }: ChartSpec, t: TFunction): string {
  const values = { measure: t(`measures.${measure}`), x, y };
  return groupBy === null
    ? t('charts.describe', values)
    : t('charts.describeGrouped', { ...values, groupBy });
}
