import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { createFormat, type Format } from './format.ts';

/** Formats numbers, sizes and dates in the person's language. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}
