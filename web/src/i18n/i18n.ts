import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

import type en from './en.json';
import { initialLocale, type Locale, rememberLocale } from './locale.ts';

/** Each language is a separate chunk, loaded on demand. */
const load: Record<Locale, () => Promise<{ readonly default: typeof en }>> = {
  en: () => import('./en.json'),
  fr: () => import('./fr.json'),
};

/** Initialized with the person's language. */
export async function createI18n(): Promise<i18n> {
  const locale = initialLocale();
  const { default: translation } = await load[locale]();
  const instance = createInstance();
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: { [locale]: { translation } },
    interpolation: { escapeValue: false },
  });
  return instance;
}

/** Loads and applies a language, and remembers it for the next visit. */
export async function switchLocale(instance: i18n, locale: Locale): Promise<void> {
  const { default: translation } = await load[locale]();
  instance.addResourceBundle(locale, 'translation', translation);
  await instance.changeLanguage(locale);
  rememberLocale(locale);
}
