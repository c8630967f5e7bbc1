import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** Whether only its own buttons close it: for what cannot be had again. */
  readonly isSticky?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Stands over the page while it is mounted: holds the focus, and gives it back to what opened it. */
export function Dialog({ title, size = 'md', isSticky = false, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => returnFocus(opener), [opener]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      returnFocus={false}
      closeOnClickOutside={!isSticky}
      closeOnEscape={!isSticky}
      withCloseButton={!isSticky}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ title: 'wrap-anywhere' }}
    >
      {children}
    </Modal>
  );
}

/** What opened the dialog may be gone with the thing that the dialog removed; then the page itself takes the focus. */
function returnFocus(opener: Element | null): void {
  setTimeout(() => {
    if (document.querySelector('[aria-modal="true"]')) return;
    const isThere = opener instanceof HTMLElement && opener.isConnected;
    const target = isThere ? opener : document.getElementById('main');
    target?.focus({ preventScroll: true });
  });
}
