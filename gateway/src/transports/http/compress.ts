import compression from 'compression';
import type { RequestHandler } from 'express';

/** Compressing less costs more than sending it. */
const MIN_BYTES = 1_024;
/** Each event has to leave at once, and parts come as they are ready. */
const STREAMS = /^(?:text\/event-stream|multipart\/)/;

/**
 * Compresses answers with Brotli or gzip, as the client accepts. Not to be used for pages that hold a secret beside text that
 * a stranger can choose: their size would tell the secret bit by bit (BREACH).
 */
export const compress = (): RequestHandler =>
  compression({
    threshold: MIN_BYTES,
    filter: (req, res) =>
      !STREAMS.test(String(res.getHeader('content-type'))) && compression.filter(req, res),
  });
