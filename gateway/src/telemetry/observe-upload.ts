import { uploadedBytes, uploadsInFlight } from './metrics.ts';

/** Counts a file, and its bytes as they are forwarded. */
export async function* observeUpload(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  uploadsInFlight.inc();
  try {
    for await (const chunk of file) {
      uploadedBytes.inc(chunk.length);
      yield chunk;
    }
  } finally {
    uploadsInFlight.dec();
  }
}
