// Photographs and documents: hashed on the device as they were made, sealed, and sent with the rest.
import { heading, link, make, paragraph, picture, say } from '../../shared/making.js';
import { sha256 } from '../../shared/crypto.js';
import { rows } from './visit.js';

const MOST_BYTES = 10 * 1024 * 1024;
const PREVIEW = 320;
// What a file begins with, as the service reads it: a name says nothing of what is in it.
const STARTS = { photograph: [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47]], document: [[0x25, 0x50, 0x44, 0x46, 0x2d]] };

async function kindOf(file) {
  const begins = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  return Object.keys(STARTS).find((kind) => STARTS[kind].some((start) => start.every((byte, at) => begins[at] === byte)));
}

// A small picture of it, made once; null where the device cannot read it.
const previews = new WeakMap();
function previewOf(file) {
  if (!previews.has(file)) previews.set(file, madeSmall(file));
  return previews.get(file);
}

async function madeSmall(file) {
  try {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, PREVIEW / Math.max(whole.width, whole.height));
    const canvas = picture('', Math.max(1, Math.round(whole.width * scale)), Math.max(1, Math.round(whole.height * scale)), '');
    canvas.getContext('2d').drawImage(whole, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.7); });
    return await small.arrayBuffer();
  } catch (unreadable) {
    return null;
  }
}

async function wrongWith(file, words) {
  const kind = await kindOf(file);
  if (!kind) return say(words.wrong_type, { name: file.name });
  if (file.size > MOST_BYTES) return say(words.too_big, { name: file.name });
  if (kind === 'photograph' && !(await previewOf(file))) return say(words.unreadable, { name: file.name });
  return '';
}

async function faults(files, words) {
  if (!files.length) return [['files', words.no_file]];
  const found = await Promise.all(files.map((file) => wrongWith(file, words)));
  return found.filter(Boolean).map((text) => ['files', text]);
}

// Writes one file into the queue, under a key of its own.
async function add(app, visit, file, { description, standards }) {
  const bytes = await file.arrayBuffer();
  const kind = await kindOf(file);
  const of = crypto.randomUUID();
  const preview = kind === 'photograph' ? await previewOf(file) : null;
  await app.visits.write(visit.reference, 'exhibit', of, {
    kind,
    description,
    standards: [...standards].sort(),
    name: file.name,
    taken_at: new Date(Math.min(file.lastModified || Date.now(), Date.now())).toISOString(),
    digest: await sha256(bytes),
    size: file.size,
  }, bytes, preview ? { [`preview ${of}`]: preview } : {});
}

// Removed it is gone from the device, and what is told of it is that it was here, and why it went.
async function remove(app, visit, of, because) {
  const item = app.visits.items.findLast((one) => one.visit === visit.reference && one.part === 'exhibit' && one.of === of);
  // What has begun to leave goes on: it is here until it has arrived, and then it is struck out.
  const isOnItsWay = item?.attempts > 0 && ['waiting', 'sending', 'stuck'].includes(item.state);
  const stands = app.visits.content(visit.reference, 'exhibit', of);
  await app.visits.write(visit.reference, 'exhibit', of, { ...stands, removed_because: because });
  if (item?.state === 'refused') await app.visits.change(item, { state: 'dropped' });
  await app.store.keep({}, [`preview ${of}`, ...(item && !isOnItsWay ? [`file ${item.key}`] : [])]);
}

// Drawn, and not loaded from an address: it is opened for this page alone.
async function shown(app, of, words) {
  const bytes = await app.store.bytes(`preview ${of}`);
  if (!bytes) return '';
  const preview = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const canvas = picture('app-preview', preview.width, preview.height, words);
  canvas.getContext('2d').drawImage(preview, 0, 0);
  return canvas;
}

const stateOf = (app, of) => app.visits.items.findLast((one) => one.part === 'exhibit' && one.of === of)?.state;

async function line(app, visit, of, one, at) {
  const { facts, words } = app;
  const state = stateOf(app, of);
  const hint = [facts.kinds[one.kind], one.name, state ? facts.states[state] : ''].filter(Boolean).join(', ');
  return make(
    'li', 'app-break-word',
    link(one.description, `#/${visit.reference}/exhibit/${of}`), make('div', 'govuk-hint govuk-!-margin-bottom-1', hint),
    await shown(app, of, say(words.preview_of, { number: at + 1, description: one.description })),
  );
}

export async function exhibitsPage(app, visit) {
  const { visits, words } = app;
  const all = visits.all(visit.reference, 'exhibit');
  const there = all.filter(([, one]) => !one.removed_because);
  const gone = all.filter(([, one]) => one.removed_because);
  const codes = visit.sections.flatMap((section) => section.tested.map(({ code, title }) => [code, `${code} ${title}`]));
  return {
    title: words.photographs,
    back: [`#/${visit.reference}`, visit.organisation],
    inside: [
      heading(2, 'm', words.on_this_visit),
      there.length ? make('ol', 'govuk-list govuk-list--number govuk-list--spaced', ...await Promise.all(there.map(([of, one], at) => line(app, visit, of, one, at)))) : paragraph(words.none_yet),
      ...(gone.length ? [heading(3, 's', words.removed), make('ul', 'govuk-list govuk-list--bullet', ...gone.map(([, one]) => make('li', 'app-break-word', `${one.description}: ${one.removed_because}`)))] : []),
      heading(2, 'm', words.add_more),
      await app.form(visit, 'exhibit', '', {
        fields: [
          { kind: 'files', name: 'files', label: words.take_photos, hint: words.take_hint, accept: 'image/jpeg,image/png,application/pdf' },
          { kind: 'text', name: 'description', rows: 3, label: words.what_it_shows, hint: words.what_it_shows_hint },
          { kind: 'boxes', name: 'standards', label: words.bears_out, options: codes },
        ],
        press: words.add,
        check: async ({ files, description }) => [...await faults(files, words), ...(description.trim() ? [] : [['description', words.no_description]])],
        write: async ({ files, description, standards }) => {
          for (const [at, file] of files.entries()) {
            await add(app, visit, file, { description: files.length > 1 ? `${description} (${at + 1})` : description, standards });
          }
        },
        after: `#/${visit.reference}/exhibits`,
      }),
    ],
  };
}

export async function exhibitPage(app, visit, of) {
  const { facts, visits, words } = app;
  const back = [`#/${visit.reference}/exhibits`, words.photographs];
  const one = visits.content(visit.reference, 'exhibit', of);
  if (!one || one.removed_because) return { title: words.removed, back, inside: [paragraph(one?.removed_because || words.none_yet)] };
  const item = visits.items.findLast((written) => written.part === 'exhibit' && written.of === of);
  const after = `#/${visit.reference}/exhibits`;
  return {
    title: one.description,
    back,
    inside: [
      ...(item?.state === 'refused' ? [make('div', 'govuk-inset-text', heading(2, 's', facts.states.refused), ...item.reasons.map((reason) => paragraph(reason)))] : []),
      await shown(app, of, one.description),
      rows([words.kind, facts.kinds[one.kind]], [words.file_name, one.name], [words.bears_out, one.standards.join(', ')], [words.digest, one.digest], [words.state, item ? facts.states[item.state] : '']),
      ...(item ? [heading(2, 'm', words.replace), await app.form(visit, 'replacing', of, {
        fields: [{ kind: 'files', name: 'files', label: words.replace_with, hint: words.take_hint, accept: 'image/jpeg,image/png,application/pdf' }],
        press: words.replace,
        check: ({ files }) => (files.length > 1 ? [['files', words.one_file]] : faults(files, words)),
        write: async ({ files: [file] }) => {
          await add(app, visit, file, one);
          await remove(app, visit, of, words.replaced);
        },
        after,
      })] : []),
      heading(2, 'm', words.remove),
      await app.form(visit, 'removing', of, {
        fields: [{ kind: 'text', name: 'because', rows: 3, label: words.remove_because, hint: words.remove_hint }],
        press: words.remove,
        check: ({ because }) => (because.trim() ? [] : [['because', words.no_remove_reason]]),
        write: ({ because }) => remove(app, visit, of, because.trim()),
        after,
      }),
    ],
  };
}
