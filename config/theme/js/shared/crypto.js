// What lies on the device is sealed: AES-GCM under a key that only the passphrase gives (PBKDF2, OWASP's number of rounds).
export const ROUNDS = 600000;
const text = new TextEncoder();

export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export async function keyFrom(passphrase, salt, iterations = ROUNDS) {
  const typed = await crypto.subtle.importKey('raw', text.encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'],
  );
}

export async function sealBytes(key, bytes) {
  const iv = random(12);
  return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

export const openBytes = (key, { iv, sealed }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
export const seal = (key, thing) => sealBytes(key, text.encode(JSON.stringify(thing)));
export const open = async (key, kept) => JSON.parse(new TextDecoder().decode(await openBytes(key, kept)));

// A key of the device that no script can read out. It opens nothing on another device.
export const deviceKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const sha256 = async (bytes) => hex(await crypto.subtle.digest('SHA-256', typeof bytes === 'string' ? text.encode(bytes) : bytes));
