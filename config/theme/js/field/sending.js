import { sha256 } from '../shared/crypto.js';

// Sends what was written, in order, until everything has an answer: each thing once, however often it must be tried.
const TRIES = 6;
const PAUSE = 400; // doubled each time
const PIECE = 256 * 1024;
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// `sees` is told whenever something has changed. Returns done, sign_in, somebody_else, signed_out, no_link or stuck.
export async function sendAll({ visits, link, copy, sees }) {
  const standing = await link.standing(copy.device);
  if (standing.is === 'signed_out') return 'signed_out';
  const session = await link.session();
  if (session.is !== 'answer') return session.is === 'refused' ? 'sign_in' : session.is;
  if (session.told.who !== copy.who) return 'somebody_else';
  for (let failures = 0; ;) {
    const item = visits.waiting()[0];
    if (!item) return 'done';
    const became = await sendOne({ visits, link, copy, item });
    sees();
    if (became === 'sent') failures = 0;
    else if (became !== 'again') return became;
    else if (++failures >= TRIES) return 'no_link';
    else await pause(PAUSE * 2 ** failures);
  }
}

async function sendOne({ visits, link, copy, item }) {
  // Written down before it leaves: what may have arrived is never changed.
  await visits.change(item, { state: 'sending', attempts: item.attempts + 1 });
  return item.hasFile && item.arrived < item.content.size ? sendPiece({ visits, link, copy, item }) : sendWhole({ visits, link, copy, item });
}

// A file goes ahead in pieces. The service says how far it has it, so that after a drop nothing is sent twice that is there.
async function sendPiece({ visits, link, copy, item }) {
  const { key, visit, arrived: start, content: { size } } = item;
  const bytes = (await visits.file(item)).slice(start, start + PIECE);
  const { is, told } = await link.post('piece', { piece: { device: copy.device, key, visit, start, size, digest: await sha256(bytes) } }, bytes);
  if (is === 'answer') {
    await visits.change(item, { state: 'waiting', arrived: told.received });
    return told.received > start ? 'sent' : 'again';
  }
  // What may not come is judged with the rest of it, and is kept as refused.
  const isRefused = is === 'refused' && !told.codes.includes('broken_on_the_way');
  await visits.change(item, { state: 'waiting', ...(isRefused ? { arrived: size } : {}) });
  return is === 'no_link' || is === 'refused' ? 'again' : is;
}

async function sendWhole({ visits, link, copy, item }) {
  const { key, sequence, visit, part, of, base, content, written_at } = item;
  const given = { device: copy.device, key, sequence, visit, part, of, base, content, written_at };
  const { is, told } = await link.post('take', { item: given });
  if (is === 'answer') {
    const state = { taken: 'sent', refused: 'refused', conflict: 'conflict' }[told.outcome];
    const { reasons, stood, rows = [], from = {}, may_choose = true } = told;
    await visits.change(item, { state, reasons, stood, rows, from, may_choose });
    return 'sent';
  }
  if (is === 'refused') return refused(visits, item, told);
  await visits.change(item, { state: 'waiting' });
  return is === 'no_link' ? 'again' : is;
}

async function refused(visits, item, told) {
  const isOnTheWay = told.codes.some((code) => code === 'out_of_order' || code === 'broken_on_the_way');
  // Something before it did not arrive after all: it goes first.
  if (told.codes.includes('out_of_order')) {
    const before = visits.items.filter(({ sequence }) => sequence >= told.expects && sequence < item.sequence);
    await Promise.all(before.map((one) => visits.change(one, { state: 'waiting' })));
  }
  // Of its file something is missing: from the beginning the service says how far it has it.
  await visits.change(item, { state: isOnTheWay ? 'waiting' : 'stuck', reasons: told.reasons, arrived: 0 });
  return isOnTheWay ? 'again' : 'stuck';
}
