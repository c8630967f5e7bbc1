import type { ReactNode } from 'react';

import { ErrorState } from './error-state.tsx';
import { LoadingState } from './loading-state.tsx';

interface PanelBodyProps<TData> {
  /** Undefined or null until it has loaded. */
  readonly data: TData | null | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly children: (data: TData) => ReactNode;
}

/** The content of a panel once its data has loaded; until then a loader or an error. */
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
