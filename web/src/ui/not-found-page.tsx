import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { EmptyState } from './empty-state.tsx';
import { SearchIcon } from './icons.tsx';

/** For unknown addresses, and for things that do not exist or are not accessible to the viewer. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${t('notFound.title')} · Affluent`}</title>
      <EmptyState
        icon={<SearchIcon size={36} />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Button component={Link} to="/datasets">
            {t('notFound.back')}
          </Button>
        }
      />
    </>
  );
}
