import { ACCOUNT_SCOPE } from '@affluent/service';
import { RequiresScopes } from '@affluent/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

import { OAuthClient } from './oauth-client.ts';

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
export class RegisterOAuthClientPayload {
  @Field(() => OAuthClient)
  client!: OAuthClient;

  @Field(() => String, {
    nullable: true,
    description:
      'Shown this once. Null for public clients and those with keys, which have no secret.',
  })
  clientSecret!: string | null;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
export class UpdateOAuthClientPayload {
  @Field(() => OAuthClient)
  client!: OAuthClient;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
export class RotateOAuthClientSecretPayload {
  @Field(() => OAuthClient)
  client!: OAuthClient;

  @Field(() => String, { description: 'Shown this once; the one before is worth nothing now.' })
  clientSecret!: string;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
export class DeleteOAuthClientPayload {
  @Field(() => ID)
  deletedId!: string;
}
