import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { failureOf } from './error-code.ts';
import { ToldError } from './told-error.ts';

/** Tells a person what went wrong, in their language; the one place where codes become words. */
export function useErrorMessage(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (error instanceof ToldError) return error.message;
      const { code, message } = failureOf(error);
      return t(`errors.${code}`, { message });
    },
    [t],
  );
}
