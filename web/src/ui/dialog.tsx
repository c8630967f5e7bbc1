import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** Whether only its own buttons close it, as for a secret that is shown once. */
  readonly isSticky?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal that is open while it is mounted. It traps the focus and returns it to the element that opened it. */
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

/** The dialog may have removed the element that opened it; then the page takes the focus. */
function returnFocus(opener: Element | null): void {
  setTimeout(() => {
    if (document.querySelector('[aria-modal="true"]')) return;
    const isThere = opener instanceof HTMLElement && opener.isConnected;
    const target = isThere ? opener : document.getElementById('main');
    target?.focus({ preventScroll: true });
  });
}
