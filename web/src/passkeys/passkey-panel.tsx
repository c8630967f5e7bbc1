import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Text } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PasskeysQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Item, ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { PasskeysDocument, RemovePasskeyDocument, RenamePasskeyDocument } from './operations.ts';
import { PasskeyNameDialog } from './passkey-name-dialog.tsx';
import { useAddPasskey } from './use-add-passkey.ts';

type Passkey = NonNullable<PasskeysQuery['viewer']>['passkeys'][number];

interface Change {
  readonly kind: 'rename' | 'remove';
  readonly passkey: Passkey;
}

/** Lists, adds, renames and removes the viewer's passkeys. */
export function PasskeyPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(PasskeysDocument, { fetchPolicy: 'cache-and-network' });
  const add = useAddPasskey();
  const [rename] = useMutation(RenamePasskeyDocument);
  const [remove] = useMutation(RemovePasskeyDocument, {
    refetchQueries: [PasskeysDocument],
    awaitRefetchQueries: true,
  });
  const [isAdding, setAdding] = useState(false);
  const [change, setChange] = useState<Change>();
  const isSupported = browserSupportsWebAuthn();
  const factsOf = ({ createdAt, lastUsedAt }: Passkey): string => {
    const created = t('passkeys.created', { date: format.date(createdAt) });
    const used = lastUsedAt
      ? t('passkeys.used', { date: format.minute(lastUsedAt) })
      : t('passkeys.neverUsed');
    return `${created} · ${used}`;
  };
  const addButton = (
    <Button size="xs" disabled={!isSupported} onClick={() => setAdding(true)}>
      {t('passkeys.add')}
    </Button>
  );
  return (
    <Panel title={t('passkeys.title')} actions={addButton}>
      <Text size="sm" c="dimmed">
        {t(isSupported ? 'passkeys.text' : 'passkeys.unsupported')}
      </Text>
      <PanelBody data={data?.viewer?.passkeys} error={error} onRetry={() => void refetch()}>
        {(passkeys) =>
          passkeys.length === 0 ? (
            <Text c="dimmed">{t('passkeys.empty')}</Text>
          ) : (
            <ItemList label={t('passkeys.title')}>
              {passkeys.map((passkey) => (
                <Item
                  key={passkey.id}
                  title={passkey.name}
                  badge={
                    passkey.isBackedUp && (
                      <Badge variant="light" tt="none">
                        {t('passkeys.synced')}
                      </Badge>
                    )
                  }
                  facts={factsOf(passkey)}
                  actions={
                    <>
                      <Button
                        variant="default"
                        size="xs"
                        aria-label={t('passkeys.renameOne', passkey)}
                        onClick={() => setChange({ kind: 'rename', passkey })}
                      >
                        {t('passkeys.rename')}
                      </Button>
                      <Button
                        variant="default"
                        size="xs"
                        aria-label={t('passkeys.removeOne', passkey)}
                        onClick={() => setChange({ kind: 'remove', passkey })}
                      >
                        {t('passkeys.remove')}
                      </Button>
                    </>
                  }
                />
              ))}
            </ItemList>
          )
        }
      </PanelBody>
      {isAdding && (
        <PasskeyNameDialog
          title={t('passkeys.addTitle')}
          action={t('passkeys.make')}
          onSubmit={add}
          onClose={() => setAdding(false)}
        />
      )}
      {change?.kind === 'rename' && (
        <PasskeyNameDialog
          title={t('passkeys.renameOne', change.passkey)}
          action={t('passkeys.rename')}
          name={change.passkey.name}
          onSubmit={(name) => rename({ variables: { input: { id: change.passkey.id, name } } })}
          onClose={() => setChange(undefined)}
        />
      )}
      {change?.kind === 'remove' && (
        <ConfirmDialog
          title={t('passkeys.removeOne', change.passkey)}
          text={t('passkeys.removeText')}
          action={t('passkeys.remove')}
          onConfirm={() => remove({ variables: { id: change.passkey.id } })}
          onClose={() => setChange(undefined)}
        />
      )}
    </Panel>
  );
}
