// Passkeys: the browser is asked for one, and what it says is handed in by the form. Without script the page says what is missing.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const readable = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

const asked = {
  async create({ publicKey: options }) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: readable(options.excludeCredentials),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      },
    });
    const { clientDataJSON, attestationObject } = made.response;
    const transports = made.response.getTransports ? made.response.getTransports() : [];
    return said(made, { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject), transports });
  },
  async get({ publicKey: options }) {
    const shown = await navigator.credentials.get({
      publicKey: {
        ...options, challenge: toBytes(options.challenge), allowCredentials: readable(options.allowCredentials),
      },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
    return said(shown, {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    });
  },
};

function said(credential, response) {
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

// On the page for signing in nobody is known yet: the challenge is made when the button is pressed.
async function options(form) {
  const kept = document.getElementById(form.dataset.passkeyOptions);
  if (kept) return JSON.parse(kept.textContent)[form.dataset.passkey === 'create' ? 'creation_options' : 'request_options'];
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

async function handIn(form) {
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    form.elements.credential.value = await asked[form.dataset.passkey](await options(form));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (window.PublicKeyCredential) {
    form.querySelector('[data-passkey-missing]').hidden = true;
    form.querySelector('[data-passkey-button]').hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      handIn(form);
    });
  }
}
