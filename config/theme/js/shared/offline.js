// Serves pages without a connection, once somebody has chosen to keep them: what is newest from the network, else what was kept.
const PATIENCE = 4000;

// `pageFor` says which kept page answers for an address that was not kept itself; `isAlwaysAsked` are addresses of which what was kept
// is only for when there is no network; `isLeft` those that pass by.
export function serve({ cache: name, pageFor = () => null, isAlwaysAsked = () => false, isLeft = () => false }) {
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.method !== 'GET' || !request.url.startsWith(self.location.origin) || isLeft(request)) return;
    event.respondWith(request.mode === 'navigate' ? navigated(request) : asked(request));
  });

  async function navigated(request) {
    const kept = await found(request);
    // Of what is not kept there is nothing better to wait for.
    if (!kept) return fetch(request);
    try {
      return await withPatience(request);
    } catch (offline) {
      return kept;
    }
  }

  async function found(request) {
    // Asked for by its name, no cache is made that was not there.
    const own = await caches.match(request, { cacheName: name, ignoreSearch: true });
    const page = own ? null : pageFor(request);
    return own || (page && caches.match(page, { cacheName: name }));
  }

  async function asked(request) {
    const kept = await caches.match(request, { cacheName: name });
    if (kept && !isAlwaysAsked(request)) return kept;
    try {
      return await withPatience(request);
    } catch (offline) {
      return kept || Response.error();
    }
  }
}

async function withPatience(request) {
  const impatient = new AbortController();
  const timer = setTimeout(() => impatient.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: impatient.signal });
    // A service that cannot tell is no better than none.
    if (answer.status >= 500) throw new Error(answer.statusText);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}
