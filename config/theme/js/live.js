// Renews what is shown live, each minute, in place: a screen that somebody else is looking at must not jump.
const shown = document.querySelector('[data-live]');

async function renew() {
  try {
    const answer = await fetch(window.location.href);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
    shown.replaceChildren(...page.childNodes);
    wait(page.dataset.live);
  } catch (failed) {
    shown.textContent = shown.dataset.liveFailed;
  }
}

function wait(seconds) {
  setTimeout(renew, Number(seconds) * 1000);
}

if (shown) wait(shown.dataset.live);
