// Serves a page without a connection, once somebody has chosen to keep it: what is newest from the network, else what was kept.
const PATIENCE = 4000;

// `isAlwaysAsked` are addresses of which what was kept is only for when there is no network; `isLeft` those that pass by.
export function serve({ cache: name, page, isAlwaysAsked = () => false, isLeft = () => false }) {
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.method !== 'GET' || !request.url.startsWith(self.location.origin) || isLeft(request)) return;
    event.respondWith(request.mode === 'navigate' ? navigated(request) : asked(request));
  });

  async function navigated(request) {
    try {
      return await withPatience(request);
    } catch (offline) {
      const cache = await caches.open(name);
      return (await cache.match(request, { ignoreSearch: true })) || (await cache.match(page)) || Response.error();
    }
  }

  async function asked(request) {
    const cache = await caches.open(name);
    const kept = await cache.match(request);
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
