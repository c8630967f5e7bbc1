import type { ReactNode } from 'react';

import { ErrorState } from './error-state.tsx';
import { LoadingState } from './loading-state.tsx';

interface PanelBodyProps<TData> {
  /** What the panel shows; undefined while it is not there. */
  readonly data: TData | null | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly children: (data: TData) => ReactNode;
}

/** What stands in a panel: what was asked for, or that it is on its way, or why it is not there. */
export function PanelBody<TData>({ data, error, onRetry, children }: PanelBodyProps<TData>) {
  return (
    <>
      {error !== undefined && <ErrorState error={error} onRetry={onRetry} />}
      {data === undefined || data === null
        ? error === undefined && <LoadingState height={96} />
        : children(data)}
    </>
  );
}
