import type { PageRange } from './connection.ts';
import { isUuid } from './uuid.ts';

/** Where something stands among others, newest first. */
export interface TimePlace {
  readonly time: Date;
  readonly id: string;
}

export const encodeTimePlace = ({ time, id }: TimePlace): string =>
  Buffer.from(`${time.getTime()} ${id}`).toString('base64url');

/** Returns undefined when the cursor is not one of `encodeTimePlace`. */
export function decodeTimePlace(cursor: string): TimePlace | undefined {
  const [milliseconds, id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const time = new Date(Number(milliseconds));
  return Number.isNaN(time.getTime()) || !isUuid(id) ? undefined : { time, id };
}

type Comparison = '$lt' | '$gt';

/**
 * A range of a connection as MikroORM finds it.
 * @param timeIs - a condition on the property that holds the time. Its values have whole milliseconds.
 */
export function newestFirst<Condition extends object>(
  { after, before, backward }: PageRange<TimePlace>,
  timeIs: (time: Date | Partial<Record<Comparison, Date>>) => Condition,
) {
  const beyond = ({ time, id }: TimePlace, comparison: Comparison) => ({
    $or: [timeIs({ [comparison]: time }), { ...timeIs(time), id: { [comparison]: id } }],
  });
  const direction = backward ? ('asc' as const) : ('desc' as const);
  return {
    where: [after && beyond(after, '$lt'), before && beyond(before, '$gt')].filter(
      (condition) => condition !== undefined,
    ),
    direction,
  };
}
