export const LOCALES = ['en', 'fr'] as const;

export type Locale = (typeof LOCALES)[number];

const STORAGE_KEY = 'affluent.locale';

const asLocale = (tag: string | null): Locale | undefined =>
  LOCALES.find((locale) => tag?.toLowerCase().split('-')[0] === locale);

/** The language chosen before, else the browser's first supported language, else English. */
export function initialLocale(): Locale {
  const wanted = [localStorage.getItem(STORAGE_KEY), ...navigator.languages];
  return wanted.map(asLocale).find((locale) => locale !== undefined) ?? 'en';
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORAGE_KEY, locale);
}
