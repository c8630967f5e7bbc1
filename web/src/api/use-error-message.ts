import type { i18n } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { failureOf } from './error-code.ts';
import { LocalizedError } from './localized-error.ts';

type Translator = Pick<i18n, 't' | 'exists'>;

/** Describes errors in the person's language. */
export function useErrorMessage(): (error: unknown) => string {
  const { i18n } = useTranslation();
  return useCallback((error) => errorMessage(error, i18n), [i18n]);
}

/**
 * The message of an error by its reason, else by its code. The server's own message, which is English, is included only where
 * these are not specific enough.
 */
export function errorMessage(error: unknown, { t, exists }: Translator): string {
  if (error instanceof LocalizedError) return error.message;
  const { code, reason, message } = failureOf(error);
  const keys = [`errorReasons.${reason}`, `errors.${code}`, 'errors.UNKNOWN'];
  const known = keys.find((key) => exists(key));
  return t(known as 'errors.UNKNOWN', { message });
}
