const CANDIDATES = [',', ';', '\t', '|'] as const;
const SAMPLE_LINES = 100;

/** Finds the delimiter that splits the most of the first lines into the same number of fields. */
export function detectDelimiter(start: string): string {
  // Delimiters inside quotes do not separate fields.
  const lines = start
    .replaceAll(/"(?:[^"]|"")*"?/g, 'x')
    .split(/\r\n|\n|\r/, SAMPLE_LINES)
    .filter((line) => line !== '');
  let best: { delimiter: string; alike: number; fields: number } | undefined;
  for (const delimiter of CANDIDATES) {
    const { alike, fields } = commonest(lines.map((line) => line.split(delimiter).length));
    if (fields < 2) continue;
    const isBetter = !best || alike > best.alike || (alike === best.alike && fields > best.fields);
    if (isBetter) best = { delimiter, alike, fields };
  }
  return best?.delimiter ?? ',';
}

function commonest(counts: readonly number[]): { alike: number; fields: number } {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  let result = { alike: 0, fields: 0 };
  for (const [fields, alike] of times) if (alike > result.alike) result = { alike, fields };
  return result;
}
