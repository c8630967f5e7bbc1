import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

const BYTES_BETWEEN = 16_000_000;
let bytes = 0;

/**
 * To be told of each chunk of an upload that is read. V8 sees of a chunk the few words that stand on its heap: it would let 100 MB of
 * them pile up, and then stop the process for a full collection. The young generation alone is collected in about 0.6 ms.
 */
export function freeChunks(chunk: Uint8Array): void {
  bytes += chunk.length;
  if (bytes < BYTES_BETWEEN) return;
  bytes = 0;
  collectGarbage({ type: 'minor' });
}
