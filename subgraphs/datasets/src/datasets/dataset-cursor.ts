import { DomainError, isUuid } from '@affluent/subgraph';

/** Where a dataset stands among its workspace's, newest first. */
interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

export const encodePlace = ({ createdAt, id }: Place): string =>
  Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');

/** @throws {DomainError} BAD_USER_INPUT when it is not a cursor of ours. */
export function decodePlace(cursor: string): Place {
  const [time, id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const createdAt = new Date(Number(time));
  if (Number.isNaN(createdAt.getTime()) || !isUuid(id)) {
    throw new DomainError('BAD_USER_INPUT', '"after" is not a cursor of this connection.');
  }
  return { createdAt, id };
}
