import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

import { pageHeaders } from '../pages/page-headers.ts';
import { PASSKEY_SCRIPT } from '../pages/passkey-script.ts';
import type { Words } from '../pages/words/en.ts';
import { wordsFor } from '../pages/words/words-for.ts';

/** What every page of an interaction needs. */
export interface OpenInteraction {
  readonly details: Awaited<ReturnType<Provider['interactionDetails']>>;
  readonly words: Words;
  /** Path of the interaction's first page; the others are below it. */
  readonly action: string;
  /** Sends a page whose forms may end at the client that the person came from. */
  readonly send: (status: number, body: string) => void;
}

/**
 * The interaction that this browser is in, as the provider's own cookie proves.
 * @throws {errors.SessionNotFound} when it is in none, or it has expired.
 */
export async function openInteraction(
  provider: Provider,
  req: Request,
  res: Response,
): Promise<OpenInteraction> {
  const details = await provider.interactionDetails(req, res);
  const { redirect_uri: address } = details.params;
  const headers = pageHeaders({
    redirectUri: typeof address === 'string' ? address : undefined,
    script: PASSKEY_SCRIPT,
    isConnecting: true,
  });
  return {
    details,
    words: wordsFor(req),
    action: `/oidc/interaction/${details.uid}`,
    send: (status, body) => {
      res.status(status).set(headers).send(body);
    },
  };
}
