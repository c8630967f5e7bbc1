import { ConfirmForm, type ConfirmFormProps } from './confirm-form.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps extends Omit<ConfirmFormProps, 'onCancel'> {
  readonly title: string;
  readonly onClose: () => void;
}

/** Asks once more before something that cannot be taken back; closes when it is done. */
export function ConfirmDialog({ title, onConfirm, onClose, ...form }: ConfirmDialogProps) {
  const confirm = async (): Promise<void> => {
    await onConfirm();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <ConfirmForm {...form} onConfirm={confirm} onCancel={onClose} />
    </Dialog>
  );
}
