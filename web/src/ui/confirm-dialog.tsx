import { ConfirmForm, type ConfirmFormProps } from './confirm-form.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps extends Omit<ConfirmFormProps, 'onCancel'> {
  readonly title: string;
  readonly onClose: () => void;
}

/** Asks for confirmation of an irreversible action; closes once it has succeeded. */
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
