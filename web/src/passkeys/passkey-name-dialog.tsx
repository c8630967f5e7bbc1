import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error-state.tsx';

const MAX_NAME = 80;

interface PasskeyNameDialogProps {
  readonly title: string;
  readonly action: string;
  readonly name?: string;
  /** The dialog closes when it resolves, and shows its rejection. */
  readonly onSubmit: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the name of a passkey that is added or renamed. */
export function PasskeyNameDialog(props: PasskeyNameDialogProps) {
  const { title, action, name = '', onSubmit, onClose } = props;
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useForm({
    initialValues: { name },
    validate: { name: (value) => (value.trim() === '' ? t('passkeys.nameNeeded') : null) },
  });
  const submit = async (values: { readonly name: string }): Promise<void> => {
    setBusy(true);
    try {
      await onSubmit(values.name.trim());
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={form.onSubmit((values) => void submit(values))}>
        <Stack>
          <TextInput
            label={t('passkeys.name')}
            description={t('passkeys.nameHint')}
            maxLength={MAX_NAME}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          {Boolean(error) && <ErrorState error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
