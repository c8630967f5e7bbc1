import { useTranslation } from 'react-i18next';

import { WorkspaceRole } from '../generated/graphql.ts';

/** From the fewest to the most permissions. */
const ROLES = [WorkspaceRole.VIEWER, WorkspaceRole.EDITOR, WorkspaceRole.OWNER] as const;

/** The roles as options of a select. */
export function useRoleChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation();
  return ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
}

export const roleOf = (value: string): WorkspaceRole =>
  ROLES.find((role) => role === value) ?? WorkspaceRole.VIEWER;
