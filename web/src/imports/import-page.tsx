import { useQuery } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import type { ImportTargetFragment } from '../generated/graphql.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { ImportForm } from './import-form.tsx';
import { type ImportFormValues, importInput } from './import-input.ts';
import { ImportTargetDocument } from './operations.ts';
import { UploadProgress } from './upload-progress.tsx';
import { useUpload } from './use-upload.ts';

/** Imports a file into a new dataset, or into an existing one: `/import?dataset=…`. */
export function ImportPage() {
  const [query] = useSearchParams();
  const id = query.get('dataset') ?? '';
  const { data, error, refetch } = useQuery(ImportTargetDocument, {
    variables: { id },
    skip: id === '',
  });
  if (id === '') return <ImportInto key="new" />;
  if (data?.dataset) return <ImportInto key={id} dataset={data.dataset} />;
  if (data) return <NotFoundPage />;
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <LoadingState />;
}

interface ImportIntoProps {
  readonly dataset?: ImportTargetFragment;
}

function ImportInto({ dataset }: ImportIntoProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { current } = useWorkspaces();
  const { progress, error, start, cancel } = useUpload();
  const title = dataset ? t('import.titleInto', { name: dataset.name }) : t('import.title');
  const submit = async (values: ImportFormValues): Promise<void> => {
    const workspace = dataset?.workspace ?? current;
    if (!workspace || !values.file) return;
    const target = { workspaceId: workspace.id, datasetId: dataset?.id };
    const importId = await start(importInput(values, target), values.file);
    if (importId !== undefined) await navigate(`/imports/${importId}`);
  };
  if (!current && !dataset)
    return <EmptyState title={t('workspaces.none')} text={t('workspaces.noneText')} />;
  return (
    <Page title={title} size="sm">
      <Paper withBorder p={{ base: 'sm', sm: 'lg' }}>
        {progress && <UploadProgress {...progress} onCancel={cancel} />}
        {/* Stays mounted during the upload, so that a failed one can be retried. */}
        <div hidden={progress !== undefined}>
          <ImportForm
            isNew={dataset === undefined}
            error={error}
            onSubmit={(values) => void submit(values)}
          />
        </div>
      </Paper>
    </Page>
  );
}
