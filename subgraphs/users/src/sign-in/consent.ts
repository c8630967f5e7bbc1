import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

import { GRAPH_SCOPES } from '../oidc/clients.ts';
import { html } from './html.ts';
import { page } from './pages.ts';
import type { Words } from './words.ts';

interface ConsentPageOptions {
  readonly action: string;
  readonly client: string;
  /** As the client asked for them, separated by spaces. */
  readonly scope: string;
}

/** Asks a person whether a program may act for them, and says what it could do. */
export function consentPage(words: Words, { action, client, scope }: ConsentPageOptions): string {
  const asked = new Set(scope.split(' '));
  const rights = GRAPH_SCOPES.filter((name) => asked.has(name)).map(
    (name) => html`<li>${words.scopes[name]}</li>`,
  );
  return page(
    words,
    words.allow,
    html`<h1>${words.allowTitle(client)}</h1>
      <p class="lead">${words.allowLead}</p>
      <ul>
        ${html.join(rights)}
      </ul>
      <form method="post" action="${action}/consent">
        <button type="submit" name="answer" value="allow">${words.allow}</button>
        <button type="submit" name="answer" value="refuse" class="quiet">${words.refuse}</button>
      </form>`,
  );
}

/** Turns the person's answer into a grant, or into `access_denied` for the program. */
export async function answerConsent(
  provider: Provider,
  req: Request,
  res: Response,
  isAllowed: boolean,
): Promise<void> {
  if (!isAllowed) {
    const refusal = { error: 'access_denied', error_description: 'The person refused.' };
    return provider.interactionFinished(req, res, refusal, { mergeWithLastSubmission: true });
  }
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res);
  const { missingOIDCScope, missingResourceScopes } = prompt.details as {
    readonly missingOIDCScope?: readonly string[];
    readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>;
  };
  const present = grantId ? await provider.Grant.find(grantId) : undefined;
  const grant =
    present ??
    new provider.Grant({
      accountId: String(session?.accountId),
      clientId: String(params.client_id),
    });
  if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  return provider.interactionFinished(
    req,
    res,
    { consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: true },
  );
}
