import { findNameProblem, normalizeName } from '@affluent/subgraph';
import { z } from 'zod';

import { findPasswordProblem } from '../accounts/password-policy.ts';
import type { Words } from '../pages/words/en.ts';

/** A form field. PostgreSQL has no text with a NUL in it, and no person types one. */
export const field = z
  .string()
  .regex(/^[^\0]*$/)
  .default('');

/** What the forms send; fields that a form does not have are empty. Whatever is no form is a ZodError. */
export const credentials = z.object({
  displayName: field.transform(normalizeName),
  email: field.transform((email) => email.trim()),
  password: field,
});

/** In code points. */
export const MAX_DISPLAY_NAME = 80;

export const isEmail = (email: string): boolean =>
  email.length <= 254 && z.email().safeParse(email).success;

/** Why an account cannot be made of this; undefined when it can. */
export function findProblem(
  words: Words,
  { displayName, email, password }: z.output<typeof credentials>,
): string | undefined {
  const nameProblem = findNameProblem(displayName, MAX_DISPLAY_NAME);
  if (nameProblem?.kind === 'CHARACTER') return words.nameCharacter(nameProblem.character);
  if (nameProblem) return words.nameInvalid;
  if (!isEmail(email)) return words.emailInvalid;
  return describePasswordProblem(words, findPasswordProblem(password, { email, displayName }));
}

export function describePasswordProblem(
  words: Words,
  problem: ReturnType<typeof findPasswordProblem>,
): string | undefined {
  if (problem === 'LENGTH') return words.passwordInvalid;
  return problem && words.passwordCommon;
}
