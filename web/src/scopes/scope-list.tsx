import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { describeScopes } from './describe-scopes.ts';

import './scope-list.css';

interface ScopeListProps {
  /** The start of the sentence, such as “It can”. */
  readonly lead: string;
  readonly scopes: readonly string[];
}

/** The scopes of a program in words. */
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
