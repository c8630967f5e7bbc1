import compression from 'compression';
import type { RequestHandler } from 'express';

/** Compressing a smaller answer costs more than it saves. */
const MIN_BYTES = 1_024;
/** Events and parts must leave at once. */
const STREAMS = /^(?:text\/event-stream|multipart\/)/;

/**
 * Compresses answers with Brotli or gzip, as the client accepts. Not to be used for pages that hold a secret beside text that an
 * attacker can choose: their size would reveal the secret (BREACH).
 */
export const compress = (): RequestHandler =>
  compression({
    threshold: MIN_BYTES,
    filter: (req, res) =>
      !STREAMS.test(String(res.getHeader('content-type'))) && compression.filter(req, res),
  });
