import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';

import { OAuthClientType } from './oauth-client.ts';

const REDIRECT_URIS =
  'Exact addresses: https; for public clients also http on 127.0.0.1 or [::1], and schemes such as com.example.app.';

const LOGO =
  'An https address of a PNG, JPEG, WebP or GIF image of at most 256 KB, of which a copy is taken.';

@InputType()
export class RegisterOAuthClientInput {
  @Field(() => String, { description: '1 to 80 characters, shown to people.' })
  name!: string;

  @Field(() => OAuthClientType, { defaultValue: OAuthClientType.CONFIDENTIAL })
  type!: OAuthClientType;

  @Field(() => [String], {
    description: `${REDIRECT_URIS} None for a client that only acts by itself.`,
  })
  redirectUris!: string[];

  @Field(() => [String], { defaultValue: [] })
  postLogoutRedirectUris!: string[];

  @Field(() => String, { nullable: true, description: LOGO })
  logoUri?: string | null;

  @Field(() => [String], { description: 'What it may ask people for.' })
  scopes!: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Lets a confidential client act by itself (`client_credentials`), in your name and with these scopes.',
  })
  clientCredentials!: boolean;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      'JSON Web Key Set: public keys with which a confidential client authenticates (private_key_jwt) instead of a secret.',
  })
  jwks?: Record<string, unknown> | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class UpdateOAuthClientInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: REDIRECT_URIS })
  redirectUris?: string[] | null;

  @Field(() => [String], { nullable: true })
  postLogoutRedirectUris?: string[] | null;

  @Field(() => String, { nullable: true, description: `${LOGO} Null removes the logo.` })
  logoUri?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Scopes taken away are not in the next access tokens.',
  })
  scopes?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False ends the tokens that it got for itself, at once.',
  })
  clientCredentials?: boolean | null;
}
