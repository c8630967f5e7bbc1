import { useCallback, useEffect, useRef, useState } from 'react';

import { upload } from '../api/upload.ts';
import type { ImportDatasetInput } from '../generated/graphql.ts';
import { ImportDatasetDocument } from './operations.ts';

interface UploadState {
  /** Undefined when no upload is running. */
  readonly progress: { readonly sent: number; readonly total: number } | undefined;
  readonly error: unknown;
}

interface Upload extends UploadState {
  /** Uploads a file. Resolves with the id of the import, or undefined when the upload failed or was cancelled. */
  readonly start: (input: ImportDatasetInput, file: File) => Promise<string | undefined>;
  readonly cancel: () => void;
}

const IDLE: UploadState = { progress: undefined, error: undefined };

/** Uploads a file with progress. Leaving the page cancels the upload. */
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

/** Makes the browser ask before it closes the page during an upload. */
function useWarningBeforeUnload(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
}
