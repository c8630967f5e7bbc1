const MINUTE = 60;
const DAY = 86_400;

/** Formats the ticks of a time axis, as precisely as their distance requires. */
export function createTickFormat(locale: string, timeZone: 'UTC' | undefined) {
  const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) });
  const year = make({ year: 'numeric' });
  const month = make({ year: 'numeric', month: 'short' });
  const day = make({ day: 'numeric', month: 'short' });
  const minute = make({ hour: '2-digit', minute: '2-digit' });
  const second = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayAndMinute = make({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

  const formatFor = (apart: number): Intl.DateTimeFormat => {
    if (apart >= 365 * DAY) return year;
    if (apart >= 28 * DAY) return month;
    if (apart >= DAY) return day;
    return apart >= MINUTE ? minute : second;
  };
  /** `moments` and the distance between two of them are in seconds. */
  return (moments: readonly number[], apart: number): string[] =>
    moments.map((moment, index) => {
      const isFirst = index === 0 && apart < DAY && apart >= MINUTE;
      return (isFirst ? dayAndMinute : formatFor(apart)).format(moment * 1000);
    });
}
