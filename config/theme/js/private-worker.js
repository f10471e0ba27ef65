// Serves the private look-up without a connection, once somebody has chosen to keep it on their phone.
import { serve } from './shared/offline.js';

serve({
  cache: 'private-look-up',
  page: new URL(new URL(self.location.href).searchParams.get('page') || './', self.location.href).href,
  isAlwaysAsked: ({ url }) => url.endsWith('.ndjson'),
});
