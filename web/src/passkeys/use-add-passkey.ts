import { useMutation } from '@apollo/client/react';
import {
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
} from '@simplewebauthn/browser';
import { useTranslation } from 'react-i18next';

import { LocalizedError } from '../api/localized-error.ts';
import {
  FinishPasskeyRegistrationDocument,
  PasskeysDocument,
  StartPasskeyRegistrationDocument,
} from './operations.ts';

/** Registers a passkey: gets options from the server, creates the key on the device, sends its public half. */
export function useAddPasskey(): (name: string) => Promise<void> {
  const { t } = useTranslation();
  const [start] = useMutation(StartPasskeyRegistrationDocument, { fetchPolicy: 'no-cache' });
  const [finish] = useMutation(FinishPasskeyRegistrationDocument, {
    fetchPolicy: 'no-cache',
    refetchQueries: [PasskeysDocument],
    awaitRefetchQueries: true,
  });
  return async (name) => {
    const { data } = await start();
    const options = data?.startPasskeyRegistration.options;
    const response = await startRegistration({
      // The graph passes WebAuthn's JSON through unchanged.
      optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
    }).catch((cause: unknown) => {
      const isKnown = cause instanceof Error && cause.name === 'InvalidStateError';
      throw new LocalizedError(t(isKnown ? 'passkeys.known' : 'passkeys.notMade'), { cause });
    });
    await finish({ variables: { input: { name, response: { ...response } } } });
  };
}
