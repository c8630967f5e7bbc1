import { createContext, useContext } from 'react';

import type { ViewerQuery } from '../generated/graphql.ts';

export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type Workspace = NonNullable<Viewer['memberships']>[number]['workspace'];

export interface WorkspaceChoice {
  readonly viewer: Viewer;
  readonly workspaces: readonly Workspace[];
  /** Undefined only when the viewer has no workspace. */
  readonly current: Workspace | undefined;
  readonly choose: (id: string) => void;
}

export const WorkspaceContext = createContext<WorkspaceChoice | undefined>(undefined);

/** The viewer, their workspaces and the current one. */
export function useWorkspaces(): WorkspaceChoice {
  const choice = useContext(WorkspaceContext);
  if (!choice) throw new Error('useWorkspaces must be used inside the signed-in layout');
  return choice;
}
