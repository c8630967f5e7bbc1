import { hash, verify } from '@node-rs/argon2';

/** Argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same characters typed on another keyboard may come as other code points; this makes them one (NIST SP 800-63B). */
const normalized = (password: string): string => password.normalize('NFKC');

/** For comparison with words that count without case. */
export const folded = (text: string): string => normalized(text).toLowerCase();

export const hashPassword = (password: string): Promise<string> => hash(normalized(password), COST);

/** Of a password that nobody has; made with today's cost, so that checking against it takes as long as any other. */
const nobodysHash = hashPassword(crypto.randomUUID());

/** Whether the password fits. Takes the same time when there is no account, or none with a password, and no hash with it. */
export async function isPasswordRight(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await nobodysHash), normalized(password));
  return fits && typeof passwordHash === 'string';
}
