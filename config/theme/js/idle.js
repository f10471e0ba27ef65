// Staff who do nothing for a while are signed out: says so before, and lets them stay. To type is to do something, in any window.
const WARN = 5 * 60000;
const LOOK = 5000;
const TELL = 60000; // how often typing is told of

const box = document.querySelector('dialog[data-idle-left]');

function watch() {
  const token = box.querySelector('input[name=csrfmiddlewaretoken]').value;
  const [soon, over] = ['soon', 'over'].map((name) => box.querySelector(`[data-idle-${name}]`));
  const close = box.querySelector('[data-idle-close]');
  let endsAt = Date.now() + Number(box.dataset.idleLeft) * 1000;
  let toldAt = Date.now();
  let hasTyped = false;
  let isAsking = false;
  let isOver = false;

  async function ask(options) {
    if (isAsking || isOver) return;
    isAsking = true;
    try {
      // To be led to the sign-in is the answer that it is over.
      const answer = await fetch(box.dataset.idleAsks, { redirect: 'manual', cache: 'no-store', ...options });
      if (answer.ok) endsAt = Date.now() + (await answer.json()).left * 1000;
      else if (answer.type === 'opaqueredirect' || answer.status === 403) isOver = true;
    } catch (failed) {
      // No connection: what was known still holds.
    }
    isAsking = false;
    show();
  }

  function stay() {
    hasTyped = false;
    toldAt = Date.now();
    return ask({ method: 'POST', headers: { 'X-CSRFToken': token } });
  }

  function show() {
    const isSoon = endsAt - Date.now() < WARN;
    soon.hidden = isOver;
    over.hidden = !isOver;
    box.classList.toggle('app-dialog--over', isOver);
    if ((isSoon || isOver) && !box.open && !box.dataset.closed) box.showModal();
    if (!isSoon && !isOver && box.open) box.close();
    if (isOver && box.open) {
      box.setAttribute('aria-labelledby', 'idle-over');
      close.focus();
    }
  }

  function look() {
    if (isOver) return;
    if (hasTyped && Date.now() - toldAt > TELL) stay();
    // Another window may have done something, which this one does not know of.
    else if (endsAt - Date.now() < WARN) ask({});
  }

  document.addEventListener('input', () => { hasTyped = true; });
  box.querySelector('[data-idle-stay]').addEventListener('click', stay);
  close.addEventListener('click', () => box.close());
  box.addEventListener('cancel', () => { if (!isOver) stay(); });
  box.addEventListener('close', () => { if (isOver) box.dataset.closed = 'yes'; });
  document.addEventListener('visibilitychange', () => document.hidden || look());
  setInterval(look, LOOK);
}

if (box) watch();
