import { Authenticated, DateTime } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

/** Names and values are equal: the graph shows the name. */
export const AuditEventKind = {
  ACCESS_DENIED: 'ACCESS_DENIED',
  ACCESS_TOKEN_CREATED: 'ACCESS_TOKEN_CREATED',
  ACCESS_TOKEN_REVOKED: 'ACCESS_TOKEN_REVOKED',
  ACCOUNT_CONNECTED: 'ACCOUNT_CONNECTED',
  ACCOUNT_CREATED: 'ACCOUNT_CREATED',
  ACCOUNT_DISCONNECTED: 'ACCOUNT_DISCONNECTED',
  DATA_EXPORTED: 'DATA_EXPORTED',
  EMAIL_VERIFIED: 'EMAIL_VERIFIED',
  GRANT_GIVEN: 'GRANT_GIVEN',
  GRANT_REVOKED: 'GRANT_REVOKED',
  INVITATION_ACCEPTED: 'INVITATION_ACCEPTED',
  INVITATION_REVOKED: 'INVITATION_REVOKED',
  MEMBER_INVITED: 'MEMBER_INVITED',
  MEMBER_REMOVED: 'MEMBER_REMOVED',
  OAUTH_CLIENT_CHANGED: 'OAUTH_CLIENT_CHANGED',
  OAUTH_CLIENT_DELETED: 'OAUTH_CLIENT_DELETED',
  OAUTH_CLIENT_REGISTERED: 'OAUTH_CLIENT_REGISTERED',
  PASSKEY_ADDED: 'PASSKEY_ADDED',
  PASSKEY_REMOVED: 'PASSKEY_REMOVED',
  PASSWORD_CHANGED: 'PASSWORD_CHANGED',
  ROLE_CHANGED: 'ROLE_CHANGED',
  SESSION_ENDED: 'SESSION_ENDED',
  SIGNED_IN: 'SIGNED_IN',
  SIGNED_OUT: 'SIGNED_OUT',
  SIGN_IN_FAILED: 'SIGN_IN_FAILED',
  TOKEN_REUSED: 'TOKEN_REUSED',
  WORKSPACE_CHANGED: 'WORKSPACE_CHANGED',
  WORKSPACE_CREATED: 'WORKSPACE_CREATED',
  WORKSPACE_DELETED: 'WORKSPACE_DELETED',
} as const;
export type AuditEventKind = (typeof AuditEventKind)[keyof typeof AuditEventKind];
registerEnumType(AuditEventKind, {
  name: 'AuditEventKind',
  description:
    'What happened. TOKEN_REUSED: a refresh token or code came twice, so its grant was ended.',
});

const AuditEventSchema = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_events',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(() => AuditEventKind),
    at: p.datetime(),
    actorId: p.uuid().nullable(),
    workspaceId: p.uuid().nullable(),
    /** Network address that the gateway saw. */
    address: p.text().nullable(),
    subject: p.text().nullable(),
  },
});

@ObjectType({
  description: 'An entry of the audit log. Entries cannot be changed and hold no secrets.',
})
@Authenticated()
export class AuditEvent extends AuditEventSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => AuditEventKind)
  declare kind: AuditEventKind;

  @Field(() => DateTime)
  declare at: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Network address of the actor; null when it is unknown.',
  })
  declare address: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Whom or what it was done to, in words: an e-mail address, a client, a role, a field of the graph.',
  })
  declare subject: string | null;
}
AuditEventSchema.setClass(AuditEvent);
