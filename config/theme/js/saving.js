// Saves a form while it is filled in, says when, and warns before the session ends. Without it, its buttons do all of that.
const PAUSE = 2000; // after the last key
const REST = 10000; // between two savings: each is written down for good
const LOOK = 15000; // how often the end of the session is looked for
const WARN = 10 * 60000;
const OURS = ['opened', 'seen', 'seal', 'csrfmiddlewaretoken'];

const form = document.querySelector('form[data-left]');

function typed() {
  const words = new URLSearchParams(new FormData(form));
  OURS.forEach((name) => words.delete(name));
  return words.toString();
}

function watch() {
  const said = form.querySelector('[data-said]');
  const ends = form.querySelector('[data-ends]');
  let kept = typed();
  let wait = 0;
  let savedAt = 0;
  let isSaving = false;
  let isOver = false; // what is said last must be read and acted upon: nothing more is sent
  let endsAt = Date.now() + Number(form.dataset.left) * 1000;

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  function plan() {
    clearTimeout(wait);
    if (!isOver) wait = setTimeout(save, Math.max(PAUSE, savedAt + REST - Date.now()));
  }

  function stop(words) {
    isOver = true;
    say(words);
  }

  async function take(answer, sent) {
    if (answer.status === 409) return stop((await answer.json()).said);
    if (!answer.ok) return stop(form.dataset.signedOut);
    const told = await answer.json();
    form.elements.opened.value = told.version;
    if (told.seen) form.elements.seen.value = told.seen;
    endsAt = Date.now() + told.left * 1000;
    kept = sent;
    if (told.said) say(told.said);
    return undefined;
  }

  async function save() {
    clearTimeout(wait);
    const sent = typed();
    if (isSaving || isOver || sent === kept) return;
    isSaving = true;
    savedAt = Date.now();
    const body = new URLSearchParams(new FormData(form));
    body.set('autosave', '1');
    try {
      // To be led to the sign-in is an answer too, and no page that a program should fetch.
      await take(await fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }), sent);
    } catch (failed) {
      say(form.dataset.notSaved);
    }
    isSaving = false;
    if (typed() !== kept) plan();
  }

  function warn() {
    const left = endsAt - Date.now();
    if (left <= 0) stop(form.dataset.signedOut);
    ends.hidden = left <= 0 || left > WARN;
  }

  if (form.hasAttribute('data-saves-itself')) {
    ['input', 'change'].forEach((kind) => form.addEventListener(kind, plan));
    document.addEventListener('visibilitychange', () => document.hidden && save());
    form.addEventListener('submit', () => {
      clearTimeout(wait);
      isOver = true;
    });
  }
  warn();
  setInterval(warn, LOOK);
}

if (form) watch();
