// Photographs and documents: hashed on the device as they were made, sealed, and sent with the rest.
import { heading, make, paragraph } from '../../shared/making.js';
import { sha256 } from '../crypto.js';

const MOST_BYTES = 10 * 1024 * 1024;

export async function exhibitsPage(app, visit) {
  const { visits, words } = app;
  const there = visits.all(visit.reference, 'exhibit').map(([, one]) => one);
  const codes = visit.sections.flatMap((section) => section.tested.map(({ code, title }) => [code, `${code} ${title}`]));
  const isPhoto = (file) => file.type.startsWith('image/');
  return {
    title: words.photographs,
    back: [`#/${visit.reference}`, visit.organisation],
    inside: [
      heading(2, 'm', words.on_this_visit),
      there.length ? make('ol', 'govuk-list govuk-list--number', ...there.map((one) => make('li', 'app-break-word', one.description, make('div', 'govuk-hint', `${one.name || ''} SHA-256 ${one.digest}`)))) : paragraph(words.none_yet),
      await app.form(visit, 'exhibit', '', {
        fields: [
          { kind: 'files', name: 'files', label: words.take_photos, hint: words.take_hint, accept: 'image/jpeg,image/png,application/pdf' },
          { kind: 'text', name: 'description', rows: 3, label: words.what_it_shows, hint: words.what_it_shows_hint },
          { kind: 'boxes', name: 'standards', label: words.bears_out, options: codes },
        ],
        press: words.add,
        check: ({ files, description }) => [
          [!files.length, 'files', words.no_file], [files.some((one) => one.size > MOST_BYTES), 'files', words.too_big], [!description.trim(), 'description', words.no_description],
        ].filter(([is]) => is).map(([, name, text]) => [name, text]),
        write: async ({ files, description, standards }) => {
          for (const [at, file] of files.entries()) {
            const bytes = await file.arrayBuffer();
            await visits.write(visit.reference, 'exhibit', crypto.randomUUID(), {
              kind: isPhoto(file) ? 'photograph' : 'document',
              description: files.length > 1 ? `${description} (${at + 1})` : description,
              standards: [...standards].sort(),
              name: file.name,
              taken_at: new Date(Math.min(file.lastModified || Date.now(), Date.now())).toISOString(),
              digest: await sha256(bytes),
            }, bytes);
          }
        },
        after: `#/${visit.reference}/exhibits`,
      }),
    ],
  };
}
