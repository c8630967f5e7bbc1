import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { switchLocale } from '../i18n/i18n.ts';
import { LOCALES } from '../i18n/locale.ts';

const NAMES = { en: 'English', fr: 'Français' } as const;

export function LocaleSwitch() {
  const { t, i18n } = useTranslation();
  const choose = (wanted: string): void => {
    const locale = LOCALES.find((known) => known === wanted);
    if (locale) void switchLocale(i18n, locale);
  };
  return (
    <NativeSelect
      size="sm"
      aria-label={t('ui.language')}
      value={i18n.language}
      onChange={(event) => choose(event.currentTarget.value)}
      data={LOCALES.map((locale) => ({ value: locale, label: NAMES[locale] }))}
    />
  );
}
