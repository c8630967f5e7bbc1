export interface Format {
  /** A whole number, exact at any size. */
  readonly integer: (value: number | string | bigint) => string;
  /** A computed number, to six significant digits and no less than a whole. */
  readonly rounded: (value: string) => string;
  /** A number with every digit. */
  readonly exact: (value: string) => string;
  /** A short number for an axis, such as `1.2K`. */
  readonly compact: (value: number) => string;
  /** A ratio from 0 to 1 as whole percent. */
  readonly percent: (ratio: number) => string;
  /** A size in bytes, in a fitting unit. */
  readonly bytes: (value: number | string) => string;
  readonly date: (value: Date | string, timeZone?: 'UTC') => string;
  /** A moment to the minute. */
  readonly minute: (value: Date | string) => string;
  /** A moment to the second. */
  readonly second: (value: Date | string) => string;
  /** A moment with the fraction of its second, if it has one: RFC 3339 text. */
  readonly instant: (value: string) => string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function createFormat(locale: string): Format {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const rounded = new Intl.NumberFormat(locale, {
    maximumSignificantDigits: 6,
    maximumFractionDigits: 0,
    roundingPriority: 'morePrecision',
  });
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 100 });
  const point = exact.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const compact = new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumSignificantDigits: 4,
  });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
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
    rounded: (value) => rounded.format(value as Intl.StringNumericLiteral),
    exact: (value) => exact.format(value as Intl.StringNumericLiteral),
    compact: (value) => compact.format(value),
    percent: (ratio) => percent.format(Math.min(Math.max(ratio, 0), 1)),
    bytes: (value) => formatBytes(locale, Number(value)),
    date: (value, timeZone) => formatDate(value, { dateStyle: 'medium' }, timeZone),
    minute: (value) => formatDate(value, { dateStyle: 'medium', timeStyle: 'short' }),
    second: (value) => formatDate(value, { dateStyle: 'medium', timeStyle: 'medium' }),
    instant: (value) => {
      const fraction = /\.(\d*[1-9])/.exec(value)?.[1];
      const parts = instant.formatToParts(new Date(value));
      const written = parts.map(({ type, value: part }) =>
        type === 'second' && fraction ? `${part}${point}${fraction}` : part,
      );
      return written.join('');
    },
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
