import { DomainError, type ErrorReason } from './errors.ts';

/** Characters that change the direction of text, so that `Ada` can be displayed as something else. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/**
 * Characters that are invisible or misleading: control, format, private-use and unassigned characters, line separators, those that
 * Unicode calls default-ignorable, and the blank Braille pattern. Variation selectors may follow a pictograph, where they show.
 */
const UNFIT =
  /(?<!\p{Extended_Pictographic})[\uFE0E\uFE0F]|(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

export type NameProblem =
  | { readonly kind: 'LENGTH' }
  /** `character`: as `U+202E`. */
  | { readonly kind: 'CHARACTER'; readonly character: string; readonly isDirection: boolean };

/** A name as it is stored: trimmed and composed (NFC), so that names that look the same are equal. */
export const normalizeName = (text: string): string => text.normalize('NFC').trim();

/** Why a {@link normalizeName normalized} text cannot be a name; undefined when it can. Length in code points. */
export function findNameProblem(name: string, maxLength: number): NameProblem | undefined {
  const [unfit] = UNFIT.exec(name) ?? [];
  if (unfit !== undefined) {
    const code = unfit.codePointAt(0) ?? 0;
    const character = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return { kind: 'CHARACTER', character, isDirection: DIRECTION.test(unfit) };
  }
  const { length } = name.match(/./gsu) ?? [];
  return length < 1 || length > maxLength ? { kind: 'LENGTH' } : undefined;
}

interface NameRule {
  /** The subject of the message: `The name of a workspace`. */
  readonly what: string;
  readonly maxLength: number;
  /** The error's reason when the length is wrong. */
  readonly reason: ErrorReason;
}

/** The rule for every name that other people see. @throws {DomainError} BAD_USER_INPUT with the problem. */
export function readName(text: string, { what, maxLength, reason }: NameRule): string {
  const name = normalizeName(text);
  const problem = findNameProblem(name, maxLength);
  if (!problem) return name;
  if (problem.kind === 'LENGTH')
    throw new DomainError('BAD_USER_INPUT', `${what} has 1 to ${maxLength} characters.`, {
      reason,
    });
  const { character, isDirection } = problem;
  throw new DomainError(
    'BAD_USER_INPUT',
    `${what} cannot contain ${character}, which ${isDirection ? 'changes the direction of text' : 'is invisible'}.`,
    { reason: 'NAME_CHARACTER' },
  );
}
