import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import type { JWKS } from 'oidc-provider';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

import { User } from '../users/user.ts';

/** Names and values are equal: a default of an input field is kept in the SDL by name. */
export const OAuthClientType = { PUBLIC: 'PUBLIC', CONFIDENTIAL: 'CONFIDENTIAL' } as const;
export type OAuthClientType = (typeof OAuthClientType)[keyof typeof OAuthClientType];
registerEnumType(OAuthClientType, {
  name: 'OAuthClientType',
  description:
    'Confidential clients run on a server and keep a secret; public ones run on a person’s device and cannot.',
});

const OAuthClientSchema = defineEntity({
  name: 'OAuthClient',
  tableName: 'oauth_clients',
  properties: {
    id: p.uuid().primary(),
    owner: () => p.manyToOne(User),
    clientId: p.text(),
    name: p.text(),
    type: p.enum(() => OAuthClientType),
    redirectUris: p.array(),
    postLogoutRedirectUris: p.array(),
    /** Where the logo was taken from. */
    logoUri: p.text().nullable(),
    /** Our copy, so that browsers send no request to another server. */
    logo: p.blob().lazy().hidden().nullable(),
    /** SHA-256 of the copy, in base64url. */
    logoDigest: p.text().nullable(),
    scopes: p.array(),
    clientCredentials: p.boolean(),
    /** When it last got a token for itself, to within a minute. */
    credentialsUsedAt: p.datetime().nullable(),
    /** SHA-256 of the secret; null for public clients and those that authenticate with keys of their own. */
    secretDigest: p.text().nullable(),
    /** Public keys with which the client authenticates (private_key_jwt). */
    jwks: p.json<JWKS>().nullable(),
    createdAt: p.datetime(),
  },
});

@ObjectType('OAuthClient', {
  description: 'A program that a person registered, which people can allow to act on their behalf.',
})
@RequiresScopes(ACCOUNT_SCOPE)
export class OAuthClient extends OAuthClientSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { description: 'The `client_id` of OAuth requests.' })
  declare clientId: string;

  @Field(() => String, { description: 'Shown to people who are asked to allow it.' })
  declare name: string;

  @Field(() => OAuthClientType)
  declare type: OAuthClientType;

  @Field(() => [String], {
    description: 'Where people are sent back to, compared character by character.',
  })
  declare redirectUris: string[];

  @Field(() => [String])
  declare postLogoutRedirectUris: string[];

  @Field(() => String, { nullable: true, description: 'Where our copy of the logo is from.' })
  declare logoUri: string | null;

  @Field(() => [String], { description: 'What it may ask people for.' })
  declare scopes: string[];

  @Field(() => Boolean, {
    description:
      'Whether it may also act by itself (`client_credentials`), in the name of its owner and without a sign-in.',
  })
  declare clientCredentials: boolean;

  @Field(() => DateTime)
  declare createdAt: Date;
}
OAuthClientSchema.setClass(OAuthClient);
