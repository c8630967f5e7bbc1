import { z } from 'zod';

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.ts';
import type { Words } from './words.ts';

/** A form field. PostgreSQL has no text with a NUL in it, and no person types one. */
export const field = z
  .string()
  .regex(/^[^\0]*$/)
  .default('');

/** What the forms send; fields that a form does not have are empty. Whatever is no form is a ZodError. */
export const credentials = z.object({
  displayName: field.transform((name) => name.trim()),
  email: field.transform((email) => email.trim()),
  password: field,
});

/** Why an account cannot be made of this; undefined when it can. */
export function findProblem(
  words: Words,
  { displayName, email, password }: z.output<typeof credentials>,
): string | undefined {
  if (!/^\P{Cc}{1,80}$/u.test(displayName)) return words.nameInvalid;
  if (email.length > 254 || !z.email().safeParse(email).success) return words.emailInvalid;
  const isLengthRight =
    password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH;
  return isLengthRight ? undefined : words.passwordInvalid;
}
