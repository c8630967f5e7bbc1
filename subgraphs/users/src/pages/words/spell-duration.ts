/** A duration in words, such as "45 seconds" or, from a minute on, "2 minutes" (rounded up). */
export function spellDuration(language: string, seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return count.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' });
}
