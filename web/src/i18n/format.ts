export interface Format {
  /** A whole number, exact at any size. */
  readonly integer: (value: number | string | bigint) => string;
  /** A measured number, to six significant digits. */
  readonly decimal: (value: number) => string;
  /** A short number for an axis, such as `1.2K`. */
  readonly compact: (value: number) => string;
  /** A part of one, as whole percent. */
  readonly percent: (ratio: number) => string;
  /** A size in bytes, in the unit that suits it. */
  readonly bytes: (value: number | string) => string;
  readonly date: (value: Date | string, timeZone?: 'UTC') => string;
  /** A moment to the minute. */
  readonly minute: (value: Date | string) => string;
  /** A moment to the second. */
  readonly second: (value: Date | string) => string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function createFormat(locale: string): Format {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 });
  const compact = new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumSignificantDigits: 4,
  });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const dates = new Map<string, Intl.DateTimeFormat>();
  const formatDate = (
    value: Date | string,
    options: Intl.DateTimeFormatOptions,
    timeZone?: 'UTC',
  ): string => {
    const key = `${options.timeStyle ?? ''} ${timeZone ?? ''}`;
    const cached = dates.get(key);
    const formatter =
      cached ?? new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) });
    dates.set(key, formatter);
    return formatter.format(typeof value === 'string' ? new Date(value) : value);
  };
  return {
    integer: (value) => integer.format(BigInt(value)),
    decimal: (value) => decimal.format(value),
    compact: (value) => compact.format(value),
    percent: (ratio) => percent.format(Math.min(Math.max(ratio, 0), 1)),
    bytes: (value) => formatBytes(locale, Number(value)),
    date: (value, timeZone) => formatDate(value, { dateStyle: 'medium' }, timeZone),
    minute: (value) => formatDate(value, { dateStyle: 'medium', timeStyle: 'short' }),
    second: (value) => formatDate(value, { dateStyle: 'medium', timeStyle: 'medium' }),
  };
}

function formatBytes(locale: string, value: number): string {
  const power = value < 1000 ? 0 : Math.floor(Math.log10(value) / 3);
  const index = Math.min(power, BYTE_UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[index] ?? 'byte',
    unitDisplay: index === 0 ? 'long' : 'short',
    maximumFractionDigits: index === 0 ? 0 : 1,
  }).format(value / 1000 ** index);
}
