import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { describeScopes } from './describe-scopes.ts';

import './scope-list.css';

interface ScopeListProps {
  /** What the list is about, such as “It may”. */
  readonly lead: string;
  readonly scopes: readonly string[];
}

/** What a program may do, in words. */
export function ScopeList({ lead, scopes }: ScopeListProps) {
  const { t } = useTranslation();
  const words = describeScopes(scopes, t);
  return (
    <Text size="sm" component="div" className="scope-list">
      {lead}
      <ul>
        {words.length === 0 ? (
          <li>{t('scopes.nothing')}</li>
        ) : (
          words.map((text) => <li key={text}>{text}</li>)
        )}
      </ul>
    </Text>
  );
}
