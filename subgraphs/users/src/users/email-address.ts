import { z } from 'zod';

/** Characters of the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3). */
const MAX_LENGTH = 254;

export const isEmail = (email: string): boolean =>
  email.length <= MAX_LENGTH && z.email().safeParse(email).success;
