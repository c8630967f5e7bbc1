import { Button, Checkbox, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { OAuthClientType } from '../generated/graphql.ts';
import { ScopeCheckboxes } from '../scopes/scope-checkboxes.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { type ClientSettings, findNoAddress, linesOf } from './client-settings.ts';

const MAX_NAME = 80;

interface OAuthClientFormProps {
  readonly initial: ClientSettings;
  /** Whether the client exists already; its type is then fixed. */
  readonly isKnown: boolean;
  readonly isBusy: boolean;
  /** Of the last attempt. */
  readonly error: unknown;
  readonly onSubmit: (settings: ClientSettings) => void;
  readonly onCancel: () => void;
}

export function OAuthClientForm({
  initial,
  isKnown,
  isBusy,
  error,
  onSubmit,
  onCancel,
}: OAuthClientFormProps) {
  const { t } = useTranslation();
  const checkAddresses = (text: string): string | null => {
    const value = findNoAddress(text);
    return value === undefined ? null : t('oauthClients.notAnAddress', { value });
  };
  const form = useForm<ClientSettings>({
    initialValues: initial,
    validate: {
      name: (name) => (name.trim() === '' ? t('oauthClients.nameNeeded') : null),
      redirectUris: (text, { type, clientCredentials }) =>
        linesOf(text).length === 0 && !(clientCredentials && type === OAuthClientType.CONFIDENTIAL)
          ? t('oauthClients.redirectUriNeeded')
          : checkAddresses(text),
      postLogoutRedirectUris: checkAddresses,
      logoUri: checkAddresses,
      scopes: (scopes) => (scopes.length === 0 ? t('scopes.needed') : null),
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack>
        <TextInput
          label={t('oauthClients.name')}
          description={t('oauthClients.nameHint')}
          maxLength={MAX_NAME}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        {!isKnown && (
          <Radio.Group label={t('oauthClients.type')} {...form.getInputProps('type')}>
            <Stack gap={8} mt={6}>
              {Object.values(OAuthClientType).map((type) => (
                <Radio
                  key={type}
                  value={type}
                  label={t(`oauthClients.types.${type}`)}
                  description={t(`oauthClients.typeHints.${type}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {form.values.type === OAuthClientType.CONFIDENTIAL && (
          <Checkbox
            label={t('oauthClients.clientCredentials')}
            description={t('oauthClients.clientCredentialsHint')}
            {...form.getInputProps('clientCredentials', { type: 'checkbox' })}
          />
        )}
        <Textarea
          label={t('oauthClients.redirectUris')}
          description={t('oauthClients.redirectUrisHint')}
          placeholder="https://app.example/callback"
          rows={3}
          spellCheck={false}
          {...form.getInputProps('redirectUris')}
        />
        <Textarea
          label={t('oauthClients.postLogoutRedirectUris')}
          description={t('oauthClients.optionalLines')}
          rows={2}
          spellCheck={false}
          {...form.getInputProps('postLogoutRedirectUris')}
        />
        <TextInput
          type="url"
          label={t('oauthClients.logoUri')}
          description={t('oauthClients.logoHint')}
          {...form.getInputProps('logoUri')}
        />
        <ScopeCheckboxes label={t('oauthClients.scopes')} {...form.getInputProps('scopes')} />
        {Boolean(error) && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t(isKnown ? 'oauthClients.save' : 'oauthClients.register')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
