import { ACCOUNT_SCOPE } from '@affluent/service';
import { Cost, DomainError, identityOf, readName, RequiresScopes } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import { admit } from '../attempts/counted-attempt.ts';
import type { Context } from '../context.ts';
import { messagesIn } from '../mail/messages.ts';
import { MAX_DISPLAY_NAME } from '../users/display-name.ts';
import { ownPasswordHash } from '../users/own-password-hash.ts';
import { User } from '../users/user.ts';
import { changePassword } from './change-password.ts';
import { issueEmailToken } from './email-token.ts';

@InputType()
class ChangePasswordInput {
  @Field(() => String, { nullable: true, description: 'Needed unless the account has none.' })
  currentPassword?: string | null;

  @Field(() => String, { description: '8 to 128 characters, and not one that many people use.' })
  newPassword!: string;
}

@InputType()
class UpdateProfileInput {
  @Field(() => String, { description: '1 to 80 characters.' })
  displayName!: string;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class ChangePasswordPayload {
  @Field(() => User)
  viewer!: User;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class UpdateProfilePayload {
  @Field(() => User)
  viewer!: User;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class SendVerificationEmailPayload {
  @Field(() => String, { description: 'Where it was sent.' })
  email!: string;
}

@Resolver(() => User)
export class AccountResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer has confirmed the email address; false for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  emailVerified(@Root() { id, emailVerifiedAt }: User, @Ctx() context: Context): boolean {
    return id === identityOf(context).userId && emailVerifiedAt !== null;
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer can sign in with a password; false for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async hasPassword(@Root() { id }: User, @Ctx() context: Context): Promise<boolean> {
    if (id !== identityOf(context).userId) return false;
    return (await ownPasswordHash(context.em)) !== null;
  }

  @Mutation(() => ChangePasswordPayload, {
    description:
      'Ends every other session and every grant. Errors: FORBIDDEN when the current password is not right, BAD_USER_INPUT for a bad new one, RATE_LIMITED after too many wrong attempts, RECENT_SIGN_IN_REQUIRED for a first password more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  @Cost(500)
  async changePassword(
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
    @Ctx() context: Context,
  ): Promise<ChangePasswordPayload> {
    const { currentPassword: current = null, newPassword: wanted } = input;
    return { viewer: await changePassword(context, { current, wanted }) };
  }

  @Mutation(() => UpdateProfilePayload, { description: 'Errors: BAD_USER_INPUT.' })
  @RequiresScopes(ACCOUNT_SCOPE)
  async updateProfile(
    @Arg('input', () => UpdateProfileInput) input: UpdateProfileInput,
    @Ctx() context: Context,
  ): Promise<UpdateProfilePayload> {
    const displayName = readName(input.displayName, {
      what: 'A name',
      maxLength: MAX_DISPLAY_NAME,
      reason: 'DISPLAY_NAME',
    });
    const viewer = await context.em.findOneOrFail(User, identityOf(context).userId);
    viewer.displayName = displayName;
    await context.em.flush();
    return { viewer };
  }

  @Mutation(() => SendVerificationEmailPayload, {
    description:
      'Mails a link that confirms one’s address. Errors: CONFLICT when it is confirmed, RATE_LIMITED after five messages in an hour.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  @Cost(50)
  async sendVerificationEmail(@Ctx() context: Context): Promise<SendVerificationEmailPayload> {
    const { em, mailer, publicUrl } = context;
    const user = await em.findOneOrFail(User, identityOf(context).userId);
    const { email, language } = user;
    if (user.emailVerifiedAt)
      throw new DomainError('CONFLICT', 'The address is confirmed already.', {
        reason: 'EMAIL_CONFIRMED',
      });
    if (!(await admit(em, 'ACCOUNT_MAIL', email)))
      throw new DomainError('RATE_LIMITED', 'Enough messages were sent. Try again in an hour.', {
        reason: 'TOO_MANY_MAILS',
      });
    const token = await issueEmailToken(em, { userId: user.id, purpose: 'VERIFY' });
    const link = `${publicUrl}/oidc/verify-email?token=${token}`;
    mailer.send({ to: email, ...messagesIn(language).verifyEmail(link) });
    return { email };
  }
}
