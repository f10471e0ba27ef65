// Serves the private look-up without a connection, once somebody has chosen to keep it on their phone.
const CACHE = 'private-look-up';
const PATIENCE = 4000;
const page = new URL(new URL(self.location.href).searchParams.get('page') || './', self.location.href).href;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.location.origin)) return;
  event.respondWith(request.mode === 'navigate' ? navigated(request) : asked(request));
});

// What is newest, from the network; what was kept, where there is none.
async function navigated(request) {
  try {
    return await withPatience(request);
  } catch (offline) {
    const cache = await caches.open(CACHE);
    return (await cache.match(request, { ignoreSearch: true })) || (await cache.match(page)) || Response.error();
  }
}

async function asked(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept && !request.url.endsWith('.ndjson')) return kept;
  try {
    return await withPatience(request);
  } catch (offline) {
    return kept || Response.error();
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
