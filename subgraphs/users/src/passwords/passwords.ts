import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same characters typed on another keyboard may come as other code points; this makes them one (NIST SP 800-63B). */
const normalized = (password: string): string => password.normalize('NFKC');

/** For case-insensitive comparison. */
export const folded = (text: string): string => normalized(text).toLowerCase();

export const hashPassword = (password: string): Promise<string> => hash(normalized(password), COST);

/** Hash of a random password, at the current cost: checking against it takes as long as any other. */
const decoyHash = hashPassword(crypto.randomUUID());

/** Whether the password is right. Takes the same time without a hash, so that it does not reveal whether the account exists. */
export async function isPasswordRight(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await decoyHash), normalized(password));
  return fits && typeof passwordHash === 'string';
}
