import { findNameProblem, normalizeName } from '@affluent/subgraph';
import { z } from 'zod';

import type { Words } from '../pages/words/en.ts';
import { findPasswordProblem } from '../passwords/password-policy.ts';
import { MAX_DISPLAY_NAME } from '../users/display-name.ts';
import { isEmail } from '../users/email-address.ts';

/** The value of one form field; empty when the form has none. PostgreSQL text cannot contain U+0000. */
export const formText = z
  .string()
  .regex(/^[^\0]*$/)
  .default('');

/** The fields of the sign-in forms. A body that is not a form is a ZodError. */
export const credentials = z.object({
  displayName: formText.transform(normalizeName),
  email: formText.transform((email) => email.trim()),
  password: formText,
});

/** Why no account can be created with these; undefined when one can. */
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
