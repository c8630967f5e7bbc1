import { createHash } from 'node:crypto';

import { CHALLENGE_MILLISECONDS } from './passkey-challenge.ts';

/** Before the challenge ends that the e-mail field offers passkeys for. */
const RENEWAL_MILLISECONDS = CHALLENGE_MILLISECONDS - 60_000;

/**
 * Shows the button where the browser can, and lets it offer passkeys in the e-mail field too. Each use asks for a new
 * challenge; what the authenticator answers is sent as a form, as a password would be.
 */
export const PASSKEY_SCRIPT = `
(() => {
  const form = document.getElementById('passkey');
  if (!form || !window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) return;
  const problem = document.getElementById('passkey-problem');
  let waiting;
  let renewal;
  let offer = () => {};
  const ask = async (mediation) => {
    clearTimeout(renewal);
    if (waiting) waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    const response = await fetch(form.action + '/options', { method: 'POST', signal });
    if (!response.ok) throw new Error('no options');
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await response.json());
    const credential = await navigator.credentials.get({ publicKey, mediation, signal });
    form.elements.response.value = JSON.stringify(credential);
    form.submit();
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.hidden = true;
    ask('optional').catch((error) => {
      if (error.name === 'AbortError') return;
      problem.hidden = false;
      offer();
    });
  });
  if (PublicKeyCredential.isConditionalMediationAvailable)
    PublicKeyCredential.isConditionalMediationAvailable()
      .then((can) => {
        if (!can) return;
        offer = () => {
          ask('conditional').catch(() => {});
          renewal = setTimeout(offer, ${RENEWAL_MILLISECONDS});
        };
        offer();
      })
      .catch(() => {});
})();
`;

const hash = createHash('sha256').update(PASSKEY_SCRIPT).digest('base64');

/** To be added to the policy of a page that has this script: it and no other may run, and ask our own origin. */
export const PASSKEY_POLICY = `; script-src 'sha256-${hash}'; connect-src 'self'`;
