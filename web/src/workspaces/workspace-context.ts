import { createContext, useContext } from 'react';

import type { ViewerQuery } from '../generated/graphql.ts';

export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type Workspace = NonNullable<Viewer['memberships']>[number]['workspace'];

export interface WorkspaceChoice {
  readonly viewer: Viewer;
  readonly workspaces: readonly Workspace[];
  /** Absent only while the person belongs to no workspace at all. */
  readonly current: Workspace | undefined;
  readonly choose: (id: string) => void;
}

export const WorkspaceContext = createContext<WorkspaceChoice | undefined>(undefined);

/** Who is signed in, and which of their workspaces they look at. */
export function useWorkspaces(): WorkspaceChoice {
  const choice = useContext(WorkspaceContext);
  if (!choice) throw new Error('useWorkspaces stands outside the signed-in layout');
  return choice;
}
