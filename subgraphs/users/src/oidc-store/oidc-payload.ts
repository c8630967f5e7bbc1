import { defineEntity, p } from '@mikro-orm/core';
import type { AdapterPayload } from 'oidc-provider';

const OidcPayloadSchema = defineEntity({
  name: 'OidcPayload',
  tableName: 'oidc_payloads',
  properties: {
    model: p.text().primary(),
    id: p.text().primary(),
    payload: p.json<AdapterPayload>(),
    grantId: p.text().nullable(),
    uid: p.text().nullable(),
    userCode: p.text().nullable(),
    expiresAt: p.datetime().nullable(),
    consumedAt: p.datetime().nullable(),
    /** Of a grant: when a client last got a token from it. */
    usedAt: p.datetime().nullable(),
  },
});

/** A record of oidc-provider: a session, grant, code, refresh token or interaction. */
export class OidcPayload extends OidcPayloadSchema.class {}
OidcPayloadSchema.setClass(OidcPayload);
