/** Chosen to be distinguishable with any color vision, as far as twelve can be; each has a contrast above 3 on its background. */
const LIGHT = [
  '#0b6c78',
  '#c2410c',
  '#4338ca',
  '#a16207',
  '#be185d',
  '#15803d',
  '#0369a1',
  '#7e22ce',
  '#b91c1c',
  '#4d7c0f',
  '#475569',
  '#92400e',
] as const;

const DARK = [
  '#4ec3ce',
  '#fb923c',
  '#a5b4fc',
  '#facc15',
  '#f472b6',
  '#4ade80',
  '#38bdf8',
  '#d8b4fe',
  '#f87171',
  '#a3e635',
  '#cbd5e1',
  '#fcd9a8',
] as const;

/** The color of the line at `index`. */
export function lineColor(index: number, scheme: 'light' | 'dark'): string {
  const colors = scheme === 'dark' ? DARK : LIGHT;
  return colors[index % colors.length] ?? colors[0];
}
