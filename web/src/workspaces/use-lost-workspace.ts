import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import type { WorkspaceChoice } from './workspace-context.ts';

interface LostWorkspace {
  /** The name of the workspace that the viewer lost access to while it was open; undefined without one. */
  readonly name: string | undefined;
  readonly dismiss: () => void;
}

const PAGES_OF_A_WORKSPACE = /^\/(datasets|imports?|workspaces)(\/|$)/;

/** Detects that the viewer lost access to the current workspace, and navigates away from its pages. */
export function useLostWorkspace({
  current,
  workspaces,
}: Pick<WorkspaceChoice, 'current' | 'workspaces'>): LostWorkspace {
  const navigate = useNavigate();
  const last = useRef(current);
  const [name, setName] = useState<string>();
  useEffect(() => {
    const before = last.current;
    last.current = current;
    if (!before || workspaces.some(({ id }) => id === before.id)) return;
    setName(before.name);
    if (PAGES_OF_A_WORKSPACE.test(window.location.pathname))
      void navigate('/datasets', { replace: true });
  }, [current, workspaces, navigate]);
  return { name, dismiss: () => setName(undefined) };
}
