import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { EmptyState } from '../ui/empty-state.tsx';
import { SearchIcon, UploadIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { DatasetList } from './dataset-list.tsx';

const TYPING_PAUSE_MS = 250;

/** The datasets of the current workspace. */
export function DatasetsPage() {
  const { t } = useTranslation();
  const { current } = useWorkspaces();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS);
  return (
    <Page
      title={t('datasets.title')}
      actions={
        <Button component={Link} to="/import" leftSection={<UploadIcon />}>
          {t('datasets.import')}
        </Button>
      }
    >
      {current ? (
        <>
          <TextInput
            type="search"
            aria-label={t('datasets.search')}
            placeholder={t('datasets.search')}
            leftSection={<SearchIcon size={16} />}
            maw={360}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <DatasetList key={current.id} workspaceId={current.id} search={search} />
        </>
      ) : (
        <EmptyState title={t('workspaces.none')} text={t('workspaces.noneText')} />
      )}
    </Page>
  );
}
