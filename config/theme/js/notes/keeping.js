// Keeps pages on the device when somebody asks for it, and takes everything away again.
import { forget } from './store.js';

export const CACHE = 'notes';
// What an older version of the private look-up kept.
const FORMER = 'private-look-up';
const AT_ONCE = 6;
const ending = new AbortController();
let keeping = Promise.resolve();
const SHOWN = 'link[rel~=stylesheet], link[rel=manifest], link[rel~=icon], script[src]';

export const mayKeep = () => 'serviceWorker' in navigator && 'caches' in globalThis && 'indexedDB' in globalThis && 'subtle' in (globalThis.crypto || {});
export const isKept = async () => mayKeep() && caches.has(CACHE);

async function got(address) {
  const answer = await fetch(address, { credentials: 'omit', cache: 'no-cache', signal: ending.signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return [address, answer];
}

async function all(addresses) {
  const answers = [];
  for (let first = 0; first < addresses.length; first += AT_ONCE) answers.push(...await Promise.all(addresses.slice(first, first + AT_ONCE).map(got)));
  return answers;
}

async function partsOf([address, answer]) {
  const page = new DOMParser().parseFromString(await answer.clone().text(), 'text/html');
  return [...page.querySelectorAll(SHOWN)].map((one) => new URL(one.getAttribute('href') || one.getAttribute('src'), new URL(address, window.location)).href);
}

// Everything is fetched first: what was kept before stays if anything fails. Then it goes, as a new version may have other files.
// Without a register of today there is still the help.
async function kept({ pages, data, worker }) {
  const [shown, facts] = [await all(pages), await all(data).catch(() => [])];
  const parts = await all([...new Set((await Promise.all(shown.map(partsOf))).flat())]);
  if (ending.signal.aborted) throw new Error('Everything was taken away.');
  const answers = [...shown, ...facts, ...parts];
  const cache = await caches.open(CACHE);
  await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
  const now = new Set([...data, ...answers.map(([address]) => address)].map((address) => new URL(address, window.location).href));
  await Promise.all((await cache.keys()).filter(({ url }) => !now.has(url)).map((one) => cache.delete(one)));
  await navigator.serviceWorker.register(worker, { scope: '/' });
  await withdrawn((scope) => scope !== new URL('/', window.location).href);
  await caches.delete(FORMER);
}

export function keep(things) {
  keeping = kept(things);
  return keeping;
}

// Whose work it is to visit has an app of their own, which this page is not about.
async function withdrawn(isMeant = () => true) {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const ours = registrations.filter(({ scope }) => isMeant(scope) && !new URL(scope).pathname.includes('/staff/'));
  await Promise.all(ours.map((one) => one.unregister()));
}

// What is being kept just now is ended first: it must not bring anything back.
export async function wipe() {
  ending.abort();
  await keeping.catch(() => null);
  await Promise.all([CACHE, FORMER].map((name) => caches.delete(name)));
  await withdrawn();
  await forget();
}
