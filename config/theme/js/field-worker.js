// Serves the app for visits without a connection. What it fetches and sends of visits passes by and is kept by nobody here.
import { serve } from './shared/offline.js';

const page = new URL(new URL(self.location.href).searchParams.get('page'), self.location.href);

serve({
  cache: 'field-visits',
  pageFor: () => page.href,
  isLeft: ({ mode, url }) => (mode === 'navigate' ? new URL(url).pathname !== page.pathname : new URL(url).pathname.startsWith(page.pathname)),
});
