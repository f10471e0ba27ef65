// The app for visits: takes them along, works without a connection, sends what was written. Every sentence comes from the page.
import { Alarms, showAlarms } from './field/alarms.js';
import { Told, form } from './field/form.js';
import { keepPage } from './field/keeping.js';
import { Link } from './field/link.js';
import { besides, hearOf, newsInShort, newsLink } from './field/news.js';
import { isGuessable } from './field/passphrase.js';
import { contradictionsPage } from './field/pages/contradictions.js';
import { dangerPage } from './field/pages/danger.js';
import { exhibitPage, exhibitsPage } from './field/pages/exhibits.js';
import { indicatorPage, indicatorsPage, interviewPage, peoplePage, signaturesPage } from './field/pages/people.js';
import { queuePage, settlePage } from './field/pages/queue.js';
import { checkInPage, planned, sectionPage, standardPage, theVisit, visitPage } from './field/pages/visit.js';
import { sendAll } from './field/sending.js';
import { Store } from './field/store.js';
import { Visits } from './field/visits.js';
import { button, link as anchor, make, paragraph, say } from './shared/making.js';

export { contradictions } from './field/contradictions.js';
export { anonymous, draw } from './field/lot.js';
export { isGuessable, waitAfter } from './field/passphrase.js';

const LOCKS_AFTER = 15 * 60000;
const HEARS_EVERY = 5 * 60000;
const SHORTEST = 12;

const PAGES = {
  visit: theVisit, section: sectionPage, standard: standardPage, people: peoplePage, interview: interviewPage,
  indicators: indicatorsPage, indicator: indicatorPage, exhibits: exhibitsPage, exhibit: exhibitPage, signatures: signaturesPage, settle: settlePage,
  contradictions: contradictionsPage, 'check-in': checkInPage,
};

async function start(root) {
  const facts = JSON.parse(document.getElementById('field-facts').textContent);
  const { words } = facts;
  const part = Object.fromEntries([...root.querySelectorAll('[data-part]')].map((one) => [one.dataset.part, one]));
  const store = await Store.opened();
  const link = new Link(facts.addresses);
  const app = { facts, words, store, visits: null, heard: null, stays: false };
  const site = document.title.split(' – ').slice(1).join(' – ');
  let touchedAt = Date.now();
  let isSending = false;

  // --- showing a page ---

  const sees = () => app.presence && showAlarms(app, part.alarm);
  app.alarms = await Alarms.opened({ store, link, sees, name: 'alarms' });
  app.presence = await Alarms.opened({ store, link, sees, name: 'stays' });
  app.press = async (which, facts) => {
    await which.press({ ...facts, who: (await store.copy())?.who });
    part.alarm.focus();
  };

  const state = (text) => part.status.replaceChildren(text);

  let newest = 0;

  function show({ title, back, inside }) {
    newest += 1;
    const top = make('h1', 'govuk-heading-l', title);
    top.tabIndex = -1;
    part.back.replaceChildren(...(back ? [anchor(back[1], back[0])] : []));
    if (back) part.back.firstChild.className = 'govuk-back-link';
    part.page.replaceChildren(top, ...inside.filter(Boolean));
    document.title = `${title} – ${site}`;
    top.focus();
    tell();
  }

  function tell() {
    const where = navigator.onLine ? words.connected : words.no_connection;
    if (!app.visits) return state(where);
    const link_ = anchor(say(words.waiting, { number: app.visits.waiting().length }), '#/queue');
    const changed = app.visits.unread().length;
    store.noteUnsent(app.visits.waiting().length);
    part.status.replaceChildren(where, ' ', link_, ...(changed ? [' ', newsLink(words, changed)] : []), ...(app.visits.open().length ? [' ', say(words.open, { number: app.visits.open().length })] : []));
    return undefined;
  }

  /** What was asked for last is shown, however long what was asked for before it takes. */
  async function go() {
    newest += 1;
    const asked = newest;
    const page = await pageHere();
    if (asked === newest) show(page);
  }

  async function pageHere() {
    const [reference, which, of] = window.location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    const named = reference === 'danger' ? which : reference;
    const visitOf = app.visits?.visit(named);
    // Locked too, an alarm says which visit was open.
    part.danger.href = named?.startsWith('I-') ? `#/danger/${named}` : '#/danger';
    // Nobody has to remember a passphrase to read what to do now.
    if (reference === 'danger') return dangerPage(app, visitOf, named);
    if (!(await store.copy())) return beginPage();
    if (!app.visits) return lockedPage();
    if (reference === 'queue') return queuePage(app);
    if (!visitOf) return allPage();
    return (PAGES[which] || visitPage)(app, visitOf, of);
  }

  function allPage() {
    return {
      title: words.all_visits,
      inside: [
        make('ul', 'govuk-list govuk-list--spaced', ...app.visits.visits.map((one) => make('li', '', anchor(one.organisation, `#/${one.reference}`), ` ${one.reference}. ${planned(app, one)}`, ...newsInShort(app, one)))),
        ...besides(app, signIn),
        make('p', 'govuk-body', anchor(words.queue, '#/queue')),
        button(words.lock, () => { store.lock(); app.visits = null; go(); }),
      ],
    };
  }

  // A form of one part of a visit: drafts are kept, what is saved goes into the queue.
  app.form = async (visit, which, of, { write, written = (typed) => typed, after, isNew, ...given }) => {
    const at = isNew ? '' : of;
    return form({
      words,
      ...given,
      draft: await app.visits.draft(visit.reference, which, at),
      keep: (typed) => app.visits?.keepDraft(visit.reference, which, at, typed),
      save: async (typed) => {
        const from = window.location.hash;
        if (write) await write(typed);
        else await app.visits.write(visit.reference, which, of, await written(typed));
        await store.keep({}, [`draft ${visit.reference} ${which} ${at}`]);
        tell();
        // Whoever has gone on meanwhile is not called back.
        if (window.location.hash !== from) return;
        const to = after || `#/${visit.reference}`;
        if (window.location.hash === to) await go();
        else window.location.hash = to;
      },
    });
  };

  // --- taking along, unlocking ---

  async function beginPage() {
    const session = await link.session();
    if (session.is === 'sign_in') return { title: words.app, inside: [paragraph(words.sign_in_first), signIn()] };
    if (session.is !== 'answer') return { title: words.app, inside: [paragraph(words.nothing_here), button(words.try_again, () => go())] };
    const { visits, who } = session.told;
    if (!visits.length) return { title: words.take_along, inside: [paragraph(words.no_visits)] };
    const common = await link.ask(facts.addresses.common_passphrases);
    if (common.is !== 'answer') return { title: words.take_along, inside: [paragraph(words.did_not_work), button(words.try_again, () => go())] };
    const own = [session.told.name, ...visits.map((one) => one.organisation)];
    const guessable = (passphrase, label) => isGuessable(passphrase, new Set(common.told.passphrases), [...own, label]);
    return { title: words.take_along, inside: [paragraph(words.take_along_about), takeAlong(visits, who, guessable)] };
  }

  const signIn = () => make('p', 'govuk-body', anchor(words.sign_in, facts.addresses.sign_in));

  function takeAlong(visits, who, guessable) {
    return form({
      words,
      press: words.take_along,
      values: { label: words.this_device, visits: visits.map((one) => one.reference) },
      fields: [
        { kind: 'boxes', name: 'visits', label: words.which_visits, options: visits.map((one) => [one.reference, `${one.organisation} – ${one.reference}`]) },
        { kind: 'text', name: 'label', label: words.label, hint: words.label_hint },
        { kind: 'text', name: 'passphrase', type: 'password', label: words.passphrase, hint: words.passphrase_hint },
        { kind: 'text', name: 'again', type: 'password', label: words.passphrase_again },
      ],
      check: ({ visits: chosen, label, passphrase, again }) => [
        [!chosen.length, 'visits', words.no_visit_chosen], [!label.trim(), 'label', words.no_label],
        [passphrase.length < SHORTEST, 'passphrase', words.too_short],
        [passphrase.length >= SHORTEST && guessable(passphrase, label), 'passphrase', words.guessable], [passphrase !== again, 'again', words.differs],
      ].filter(([is]) => is).map(([, name, text]) => [name, text]),
      save: async ({ visits: chosen, label, passphrase }) => {
        state(words.taking);
        const device = (await store.said('device'))?.[who] || crypto.randomUUID();
        const taken = await link.post('take_along', { asked: { device, label: label.trim(), visits: chosen } });
        if (taken.is === 'signed_out') await forget();
        if (taken.is !== 'answer') return show({ title: words.take_along, inside: [paragraph(taken.told?.reasons?.join(' ') || words.did_not_work), button(words.try_again, () => go())] });
        await store.begin(passphrase, { device, who });
        await store.say('device', { [who]: device });
        await Visits.keepNew(store, taken.told.visits, taken.told.received, label.trim());
        app.visits = await Visits.opened(store);
        await keepPage(facts.addresses);
        window.location.hash = '#/';
        return go();
      },
    });
  }

  function lockedPage() {
    const wrong = (text) => { part.page.querySelector('input').value = ''; return new Told([text]); };
    return {
      title: words.locked,
      inside: [form({
        words,
        press: words.unlock,
        fields: [{ kind: 'text', name: 'passphrase', type: 'password', label: words.passphrase }],
        save: async ({ passphrase }) => {
          const waits = await store.minutesToWait();
          if (waits) throw wrong(say(words.wait_for_next_try, { minutes: waits }));
          if (await store.unlock(passphrase)) {
            app.visits = await Visits.opened(store);
            await go();
            return hear();
          }
          const left = await store.triesLeft();
          if (!left) return show({ title: words.wiped, inside: [paragraph(words.wiped_failures), button(words.take_along, () => go())] });
          const minutes = await store.minutesToWait();
          throw wrong([say(words.wrong_passphrase, { left }), minutes ? say(words.wait_for_next_try, { minutes }) : ''].filter(Boolean).join(' '));
        },
      })],
    };
  }

  // --- hearing of what was changed in the office ---

  async function hear() {
    const { visits } = app;
    if (!visits || isSending || !navigator.onLine) return undefined;
    const heard = await hearOf({ visits, link, copy: await store.copy() });
    if (heard.is === 'signed_out') return forget();
    // Locked meanwhile: it is heard of once more when it is opened.
    if (app.visits !== visits || isSending) return undefined;
    const isNew = (await visits.hear(heard.told)) || heard.is !== app.heard?.is || heard.others.length !== app.heard?.others.length;
    app.heard = heard;
    // Whoever writes something down is told above the page, and not called away from it.
    const [reference, which] = window.location.hash.replace(/^#\/?/, '').split('/');
    return isNew && !which && !['queue', 'danger'].includes(reference) ? go() : tell();
  }

  app.read = () => go();

  app.takeToo = async (reference) => {
    const { device } = await store.copy();
    const { is, told } = await link.post('take_along', { asked: { device, label: app.visits.label || words.this_device, visits: [reference] } });
    if (is === 'answer') {
      await app.visits.add(told.visits);
      await go();
      return;
    }
    below(told?.reasons?.join(' ') || words.did_not_work);
  };

  // What became of it, below the title of the page.
  function below(text, more = '') {
    const box = make('div', 'govuk-inset-text', paragraph(text), more);
    box.setAttribute('role', 'alert');
    part.page.querySelector('h1').after(box);
  }

  // --- sending ---

  app.send = async () => {
    if (isSending) return;
    isSending = true;
    state(words.sending);
    const copy = await store.copy();
    const ended = await sendAll({ visits: app.visits, link, copy, sees: tell });
    isSending = false;
    if (ended === 'signed_out') return forget();
    if (ended === 'done' && !app.visits.open().length && !app.stays) return finish(copy);
    await go();
    ending(ended);
    return hear();
  };

  const ending = (ended) => below(words.ended[ended], ended === 'sign_in' ? signIn() : '');

  async function finish(copy) {
    const told = await link.post('finish', { asked: { device: copy.device } });
    if (told.is !== 'answer') {
      await go();
      return ending(told.is);
    }
    await store.wipe();
    app.visits = null;
    window.history.replaceState(null, '', '#/');
    return show({ title: words.all_sent, inside: [paragraph(words.all_sent_about), button(words.take_along, () => go())] });
  }

  async function forget() {
    await store.wipe();
    await store.say('device', {});
    app.visits = null;
    show({ title: words.signed_out, inside: [paragraph(words.signed_out_about)] });
  }

  app.settle = async (item, keep, fields) => {
    await link.session();
    const { is, told } = await link.post('settle', { settles: { key: item.key, keep, fields } });
    if (is === 'signed_out') await forget();
    if (is !== 'answer') throw new Told(is === 'refused' ? told.reasons : [words.ended[is]]);
    const before = app.visits.open().filter((one) => one.part === item.part && one.of === item.of && one.visit === item.visit && one.sequence <= item.sequence);
    const changes = told.stands ? { state: 'sent', content: told.stands } : { state: 'dropped' };
    return Promise.all(before.map((one) => app.visits.change(one, { reasons: [], ...changes })));
  };

  app.drop = (item) => app.visits.change(item, { state: 'dropped' }).then(go);

  // --- beginning ---

  ['pointerdown', 'keydown'].forEach((kind) => document.addEventListener(kind, () => { touchedAt = Date.now(); }));
  setInterval(() => {
    if (app.visits && !isSending && Date.now() - touchedAt > LOCKS_AFTER) {
      store.lock();
      app.visits = null;
      go();
    }
  }, 30000);
  window.addEventListener('hashchange', () => go());
  ['online', 'offline'].forEach((kind) => window.addEventListener(kind, tell));
  window.addEventListener('online', () => hear());
  // Nobody stays signed in because a device lies there.
  setInterval(() => (Date.now() - touchedAt < HEARS_EVERY ? hear() : null), HEARS_EVERY);
  await go();
  showAlarms(app, part.alarm);
  app.alarms.send();
  const copy = await store.copy();
  if (copy && navigator.onLine) {
    const standing = await link.standing(copy.device);
    if (standing.is === 'signed_out') await forget();
    else keepPage(facts.addresses).catch(() => null);
  }
}

const root = document.getElementById('field-app');
if (root && globalThis.crypto?.subtle && 'indexedDB' in globalThis) start(root);
