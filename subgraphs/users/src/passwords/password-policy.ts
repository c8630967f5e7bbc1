import { dictionary } from '@zxcvbn-ts/language-common';

import { folded } from './passwords.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
const PRODUCT = 'affluent';

/** In code points, so that a character counts once whatever it takes in memory. */
const lengthOf = (text: string): number => Array.from(text).length;

/** Passwords that leaked from elsewhere so often that they are tried first; the short ones are refused anyway. */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].map(folded).filter((entry) => lengthOf(entry) >= MIN_LENGTH),
);

interface Person {
  readonly email: string;
  readonly displayName: string;
}

/** Why a password is refused: not 8 to 128 characters long, or one that others would try first. */
export type PasswordProblem = 'LENGTH' | 'COMMON';

/** Any characters will do. Refused as a whole password, whatever their case: common ones, and what names the person or us. */
export function findPasswordProblem(
  password: string,
  { email, displayName }: Person,
): PasswordProblem | undefined {
  const length = lengthOf(password);
  if (length < MIN_LENGTH || length > MAX_LENGTH) return 'LENGTH';
  const word = folded(password);
  const [local = '', domain = ''] = folded(email).split('@');
  const name = folded(displayName);
  const own = [
    PRODUCT,
    name,
    name.replaceAll(/\s+/g, ''),
    ...name.split(/\s+/),
    folded(email),
    local,
    ...local.split(/[.+_-]/),
    domain,
    ...domain.split('.'),
  ];
  return COMMON.has(word) || own.includes(word.trim()) ? 'COMMON' : undefined;
}
