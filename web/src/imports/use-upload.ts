import { useCallback, useEffect, useRef, useState } from 'react';

import { upload } from '../api/upload.ts';
import type { ImportDatasetInput } from '../generated/graphql.ts';
import { ImportDatasetDocument } from './operations.ts';

interface UploadState {
  /** Bytes that have left; undefined when nothing is under way. */
  readonly progress: { readonly sent: number; readonly total: number } | undefined;
  readonly error: unknown;
}

interface Upload extends UploadState {
  /** Sends a file; answers with the id of the import it started, or undefined when it failed or was cancelled. */
  readonly start: (input: ImportDatasetInput, file: File) => Promise<string | undefined>;
  readonly cancel: () => void;
}

const IDLE: UploadState = { progress: undefined, error: undefined };

/** The way of a file to the server. Leaving the page cancels it. */
export function useUpload(): Upload {
  const [state, setState] = useState(IDLE);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useWarningBeforeUnload(state.progress !== undefined);

  const start = useCallback(async (input: ImportDatasetInput, file: File) => {
    const controller = new AbortController();
    running.current = controller;
    setState({ progress: { sent: 0, total: file.size }, error: undefined });
    try {
      const { importDataset } = await upload({
        document: ImportDatasetDocument,
        variables: { input, file },
        signal: controller.signal,
        onProgress: (sent, total) => setState({ progress: { sent, total }, error: undefined }),
      });
      setState(IDLE);
      return importDataset.import?.id;
    } catch (error) {
      setState(controller.signal.aborted ? IDLE : { progress: undefined, error });
      return undefined;
    }
  }, []);
  const cancel = useCallback(() => running.current?.abort(), []);
  return { ...state, start, cancel };
}

/** Lets the browser ask before it closes a page whose work would be lost. */
function useWarningBeforeUnload(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
}
