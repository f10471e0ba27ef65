// Notes: a page with a neutral name that keeps the look-up, help and a draft report on the device if somebody asks for it.
// Every sentence stands in the page, in its language; without this script its links and forms work all the same.
import { isKept, keep, mayKeep, wipe } from './notes/keeping.js';
import { get, lock, put, setPin, unlock } from './notes/store.js';

const TAPS = 3;
const TAPPED_WITHIN = 1500;
const TYPED = 400;
const SHORTEST_PIN = 6;
const PATIENCE = 5000;

const main = document.getElementById('main-content');
const facts = JSON.parse(document.getElementById('notes-facts').textContent);
const part = (name) => main.querySelector(`[data-part="${name}"]`);
const saying = (...names) => main.querySelectorAll('[data-say]').forEach((one) => { one.hidden = !names.includes(one.dataset.say); });
let isGone = false;

// --- taking everything away ---

// The neutral page comes first, so that whoever looks over a shoulder sees nothing else; and it is there without a connection.
async function clear() {
  isGone = true;
  main.replaceChildren(document.querySelector('template[data-neutral]').content.cloneNode(true));
  main.querySelector('h1').tabIndex = -1;
  main.querySelector('h1').focus();
  window.history.replaceState(null, '', facts.notes);
  await wipe();
  document.querySelector('[data-cleared]').textContent = facts.cleared;
}

function watchTaps(title) {
  let taps = [];
  title.addEventListener('click', () => {
    taps = [...taps, Date.now()].slice(-TAPS);
    if (taps.length === TAPS && taps[TAPS - 1] - taps[0] < TAPPED_WITHIN) clear();
  });
}

// --- the notes, and what is kept ---

const chosen = () => [...main.querySelectorAll('input[name=nation]:checked')].map((one) => one.value);

async function keepAll(nations) {
  const pages = [...facts.pages, ...nations.flatMap((one) => facts.nations[one] || [])];
  await keep({ pages, data: facts.data, worker: facts.worker });
  await put('nations', nations);
}

async function startNotes(note) {
  if (!mayKeep()) return;
  part('old').hidden = true;
  part('keep').hidden = false;
  const show = async (...more) => {
    const kept = await isKept();
    saying(kept ? 'kept' : 'unkept', ...more);
  };
  part('keep-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    saying('loading');
    try {
      const nations = chosen();
      await keepAll(nations.length ? nations : Object.keys(facts.nations));
      await put('note', note.value);
      await show();
    } catch (full) {
      await show('failed');
    }
    if (!isGone) part('state').focus();
  });
  await show();
  if (!(await isKept())) return;
  const [written, nations] = [await get('note'), (await get('nations')) || []];
  if (written && !note.value) note.value = written;
  main.querySelectorAll('input[name=nation]').forEach((one) => { one.checked = nations.includes(one.value); });
  // A newer version, and the register of today.
  if (navigator.onLine) await keepAll(nations).catch(() => null);
}

// --- the draft ---

const typedIn = (form) => [...new FormData(form)].filter(([name]) => name !== 'to');

function fill(form, pairs) {
  for (const field of form.elements) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
    else if (values.length && field.name !== 'to') [field.value] = values;
  }
}

const isConnected = (address) => fetch(address, { method: 'HEAD', cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) })
  .then(({ ok }) => ok, () => false);

async function startDraft(form) {
  const [pinForm, openForm] = [part('pin-form'), part('open-form')];
  const kept = await isKept();
  let pin = null;
  let timer = 0;
  const save = async () => { if (kept && !isGone) await put('draft', typedIn(form), pin); };
  const show = async () => {
    const locked = await lock();
    form.hidden = Boolean(locked && !pin);
    openForm.hidden = !form.hidden;
    pinForm.hidden = Boolean(locked);
    saying('kept');
  };
  const open = async () => {
    fill(form, (await get('draft', pin)) || []);
    await show();
  };
  const pinOf = (one) => {
    const input = one.querySelector('input');
    const value = input.value.trim();
    input.value = '';
    return value;
  };
  const blame = (one, isWrong) => {
    const note = one.querySelector('.govuk-error-message');
    note.hidden = !isWrong;
    one.querySelector('.govuk-form-group').classList.toggle('govuk-form-group--error', isWrong);
    one.querySelector('input').setAttribute('aria-describedby', isWrong ? note.id : '');
    if (isWrong) one.querySelector('input').focus();
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await save();
    if (await isConnected(form.action)) {
      form.submit();
      return;
    }
    saying('offline');
    part('state').focus();
  });
  if (!kept) {
    saying('unkept');
    return;
  }
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, TYPED);
  });
  pinForm.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = pinOf(pinForm);
    blame(pinForm, typed.length < SHORTEST_PIN);
    if (typed.length < SHORTEST_PIN) return;
    pin = await setPin(typed);
    await save();
    await show();
    part('state').focus();
  });
  openForm.addEventListener('submit', async (event) => {
    event.preventDefault();
    pin = await unlock(pinOf(openForm), clear);
    if (isGone) return;
    blame(openForm, !pin);
    if (pin) await open();
  });
  if (await lock()) await show();
  else await open();
}

// --- both ---

async function start() {
  window.history.replaceState(null, '', facts.notes);
  watchTaps(main.querySelector('h1'));
  const wiping = part('wipe');
  if (wiping) {
    wiping.hidden = !(await isKept());
    wiping.querySelector('button').addEventListener('click', clear);
  }
  const note = document.getElementById('note');
  if (part('draft')) await startDraft(part('draft'));
  else if (note) {
    note.addEventListener('input', async () => { if (!isGone && await isKept()) await put('note', note.value); });
    await startNotes(note);
    if (wiping) wiping.hidden = false;
  }
}

start();
