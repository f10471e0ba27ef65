// Renews what is shown live, after as many seconds as it says, in place: a screen that somebody else is looking at must not jump.
// What is only waited for says so by `data-live-most`: it is not renewed for ever, as that would keep a session open.
const shown = document.querySelector('[data-live]');
let left = Number(shown?.dataset.liveMost || Infinity);

async function renew() {
  if (shown.contains(document.activeElement)) {
    wait(shown.dataset.live);
    return;
  }
  try {
    const answer = await fetch(window.location.href);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
    shown.replaceChildren(...page.childNodes);
    wait(page.dataset.live);
  } catch (failed) {
    if (shown.dataset.liveFailed) shown.textContent = shown.dataset.liveFailed;
    else wait(shown.dataset.live);
  }
}

function wait(seconds) {
  left -= 1;
  if (seconds && left >= 0) setTimeout(renew, Number(seconds) * 1000);
}

if (shown) wait(shown.dataset.live);
