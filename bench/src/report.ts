/** Named figures; the unit is the end of the name: `_s`, `_ms`, `_mb`, `_ratio`. */
export type Figures = Readonly<Record<string, number>>;

export type Area = () => Promise<Figures>;

/** Prints the figures for people, then for programs: one line `BENCH {json}`. */
export function report(area: string, figures: Figures): void {
  console.table(
    Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, { value }])),
  );
  console.log(`BENCH ${JSON.stringify({ area, ...figures })}`);
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const megabytes = (bytes: number): number => rounded(bytes / 1024 ** 2, 1);
