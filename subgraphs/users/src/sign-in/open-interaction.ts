import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

import { PASSKEY_POLICY } from '../passkeys/passkey-script.ts';
import { headersFor } from './client-policy.ts';
import { wordsOf } from './page-request.ts';
import type { Words } from './words.ts';

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
  const headers = headersFor({ redirectUri: typeof address === 'string' ? address : undefined });
  return {
    details,
    words: wordsOf(req),
    action: `/oidc/interaction/${details.uid}`,
    send: (status, body) => {
      const policy = `${headers['content-security-policy']}${PASSKEY_POLICY}`;
      res
        .status(status)
        .set({ ...headers, 'content-security-policy': policy })
        .send(body);
    },
  };
}
