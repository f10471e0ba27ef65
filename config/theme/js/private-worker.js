// Serves the private look-up without a connection from a folder of its own, once somebody has chosen to keep it on their phone.
import { serve } from './shared/offline.js';

const page = new URL(new URL(self.location.href).searchParams.get('page') || './', self.location.href).href;

serve({ cache: 'private-look-up', pageFor: () => page, isAlwaysAsked: ({ url }) => url.endsWith('.ndjson') });
