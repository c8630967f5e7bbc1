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

/** Makes a passkey on this device, in three steps: what to make, the device makes it, the server keeps its public half. */
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
      // The graph carries WebAuthn's own JSON as it is.
      optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
    }).catch((cause: unknown) => {
      const isKnown = cause instanceof Error && cause.name === 'InvalidStateError';
      throw new LocalizedError(t(isKnown ? 'passkeys.known' : 'passkeys.notMade'), { cause });
    });
    await finish({ variables: { input: { name, response: { ...response } } } });
  };
}
