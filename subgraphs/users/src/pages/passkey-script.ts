/** How often the page renews the challenge with which the e-mail field offers passkeys. */
export const RENEWAL_MILLISECONDS = 4 * 60_000;

/**
 * Shows the button where the browser supports passkeys, and offers passkeys in the e-mail field too. Each use requests a new
 * challenge. The authenticator's answer is sent as a form, as a password would be.
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
