import { useTranslation } from 'react-i18next';

import { describeDevice } from './describe-device.ts';

/** Names a device in the person's language by its `User-Agent` header. */
export function useDeviceName(): (userAgent: string | null) => string {
  const { t } = useTranslation();
  return (userAgent) => {
    const { browser, system } = describeDevice(userAgent);
    if (browser && system) return t('sessions.device', { browser, system });
    return browser ?? system ?? t('sessions.unknown');
  };
}
