/**
 * Formats an instant as the graph's DateTime. Keeps microseconds, which a Date would lose.
 * @param microseconds - since 1970.
 */
export function instantOf(microseconds: bigint): string {
  const rest = ((microseconds % 1_000n) + 1_000n) % 1_000n;
  const text = new Date(Number((microseconds - rest) / 1_000n)).toISOString();
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
