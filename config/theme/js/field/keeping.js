// The page itself is kept too: without it the app does not open without a connection.
const CACHE = 'field-visits';

export async function keepPage({ pages, worker }) {
  if (!('serviceWorker' in navigator)) return;
  const cache = await caches.open(CACHE);
  const shown = [...document.querySelectorAll('link[rel~=stylesheet], link[rel=manifest], link[rel~=icon], script[src]')].map((one) => one.href || one.src);
  await cache.addAll([...new Set([...pages, ...shown])]);
  await Promise.all(pages.map((page) => navigator.serviceWorker.register(`${worker}?page=${encodeURIComponent(page)}`, { scope: page })));
  await navigator.serviceWorker.ready;
}
