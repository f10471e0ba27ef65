// Serves what somebody chose to keep on their phone: notes, the look-up, help and a draft report. One worker for all of them.
import { serve } from './shared/offline.js';

const asked = new URL(self.location.href).searchParams;
const lookUp = asked.get('look-up');
const codes = asked.get('codes');
const served = asked.getAll('serves').concat(codes);
const pathOf = ({ url }) => new URL(url).pathname;

serve({
  cache: 'notes',
  // A certificate that is scanned without a connection is answered too.
  pageFor: (request) => (pathOf(request).startsWith(codes) ? lookUp : null),
  isAlwaysAsked: ({ url }) => url.endsWith('.ndjson'),
  isLeft: (request) => !served.some((path) => pathOf(request).startsWith(path)),
});
