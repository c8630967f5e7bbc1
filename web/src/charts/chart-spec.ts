import { isCategory, isNumeric, isTime } from '../columns/column-kinds.ts';
import { type ChartedDatasetFragment, Measure } from '../generated/graphql.ts';

/** What a chart shows: `measure` of column `y` over the time column `x`, one line for each value of `groupBy`. */
export interface ChartSpec {
  readonly x: string;
  readonly y: string;
  readonly measure: Measure;
  readonly groupBy: string | null;
}

export interface ChartChoices {
  readonly x: readonly string[];
  readonly y: readonly string[];
  readonly groupBy: readonly string[];
}

/** The columns that fit each role in a chart. */
export function choicesFor({ columns }: Pick<ChartedDatasetFragment, 'columns'>): ChartChoices {
  const namesOf = (
    fits: (type: ChartedDatasetFragment['columns'][number]['type']) => boolean,
  ): string[] => columns.filter(({ type }) => fits(type)).map(({ name }) => name);
  return { x: namesOf(isTime), y: namesOf(isNumeric), groupBy: namesOf(isCategory) };
}

/** A default chart; undefined when a dataset has no time column or no number column. */
export function suggestSpec(
  dataset: Pick<ChartedDatasetFragment, 'columns' | 'timeColumn'>,
): ChartSpec | undefined {
  const choices = choicesFor(dataset);
  const x = dataset.timeColumn?.name ?? choices.x[0];
  const y = choices.y[0];
  if (x === undefined || y === undefined) return undefined;
  return { x, y, measure: Measure.AVG, groupBy: null };
}
