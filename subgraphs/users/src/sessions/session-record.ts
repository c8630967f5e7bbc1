import { defineEntity, p } from '@mikro-orm/core';

const SessionRecordSchema = defineEntity({
  name: 'SessionRecord',
  tableName: 'sessions',
  properties: {
    /** The `uid` of oidc-provider's session. */
    id: p.text().primary(),
    userId: p.uuid(),
    userAgent: p.text().nullable(),
    address: p.text().nullable(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    /** Put off by each use, up to the longest that a session lasts. */
    expiresAt: p.datetime(),
  },
});

/**
 * One row a sign-in: that the browser's session lives, beside what oidc-provider keeps of it. Made at the sign-in and at
 * no other time, so that a request which was on its way cannot bring back a session that has been ended.
 */
export class SessionRecord extends SessionRecordSchema.class {}
SessionRecordSchema.setClass(SessionRecord);
