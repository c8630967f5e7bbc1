import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

const MAX_FRACTION_DIGITS = 6;
/** What `Date.toISOString` writes, or the same with microseconds. */
const UTC_TEXT = /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.(?:\d{3}|\d{6})Z$/;

/**
 * An instant to the microsecond, as PostgreSQL keeps it. A JavaScript Date has milliseconds only, so input is text in UTC, which
 * PostgreSQL reads, and output is such text or a Date.
 */
export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'An instant as RFC 3339 text, to the microsecond. Answers are in UTC, with 3 digits after the point, or 6 where microseconds need them.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc3339',
  parseValue: parse,
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    if (typeof value === 'string' && UTC_TEXT.test(value)) return value;
    throw new GraphQLError('DateTime cannot represent this value.');
  },
});

function parse(value: unknown): string {
  const date = GraphQLDateTime.parseValue(value);
  const [, digits = ''] = /\.(\d+)/.exec(String(value)) ?? [];
  const fraction = digits.replace(/0+$/, '');
  if (fraction.length > MAX_FRACTION_DIGITS) {
    throw new GraphQLError(
      `DateTime keeps microseconds: ${String(value)} has more than ${MAX_FRACTION_DIGITS} digits after the point.`,
    );
  }
  const text = date.toISOString();
  if (!/^(?!0000)\d{4}-/.test(text))
    throw new GraphQLError('DateTime must be in the years 0001 to 9999, in UTC.');
  const length = fraction.length > 3 ? MAX_FRACTION_DIGITS : 3;
  return text.replace(/\d{3}Z$/, `${fraction.padEnd(length, '0')}Z`);
}
