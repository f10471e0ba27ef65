// The private look-up: the register is loaded once and asked on the phone, so that not even the server learns who was looked up.
// Every sentence comes from the page, in its language.
import { compared } from './private/differences.js';
import { Fault, openRegister, readMark } from './private/register.js';
import { kindOf, lastDay, londonDay } from './private/standing.js';
import { button, heading, link, make, paragraph, row, say } from './shared/making.js';

export { compared } from './private/differences.js';
export { openRegister, readMark, Register } from './private/register.js';
export { lastDay, londonDay, standing } from './private/standing.js';
export { isSame, squash, useRules } from './private/spelling.js';

const CACHE = 'private-look-up';
const KEPT_ON_SITE = 'notes';

function start(root) {
  const facts = JSON.parse(document.getElementById('private-facts').textContent);
  const { words, addresses, keys } = facts;
  const worker = `${addresses.worker}?page=${encodeURIComponent(addresses.page)}`;
  const part = Object.fromEntries([...root.querySelectorAll('[data-part]')].map((one) => [one.dataset.part, one]));
  let register = null;
  let fault = 'not_loaded';
  let loading = Promise.resolve();
  let keeping = Promise.resolve();

  // Symbol and word, never colour alone; the symbols stand in the page.
  const symbol = (outcome) => root.querySelector(`template[data-symbol="${outcome}"]`).content.cloneNode(true);
  const tag = (outcome, word) => make('strong', `app-outcome app-outcome--${words.tones[outcome]}`, symbol(outcome), ' ', word || words.outcomes[outcome]);

  // --- days and sentences ---

  const inWords = (day) => (day ? `${Number(day.slice(8))} ${words.months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}` : '');
  function moment(instant) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const [hour, minute] = clock.format(instant).split(':');
    const english = `${hour % 12 || 12}${minute === '00' ? '' : `:${minute}`}${hour < 12 ? 'am' : 'pm'}`;
    return say(words.moment, { day: inWords(londonDay(instant)), time: words.is_english ? english : `${hour}:${minute}` });
  }

  function valuesOf(entry, day) {
    const values = { name: entry.name, number: entry.condition_count || 0, last: inWords(lastDay(entry, day)) };
    ['valid_from', 'valid_until', 'suspended_from', 'suspended_until', 'revoked_from', 'surrendered_from', 'ended_from', 'refused_from', 'applied_on']
      .forEach((field) => { values[field] = inWords(entry[field]); });
    return values;
  }

  function sentence({ entry }, day) {
    const kind = kindOf(entry, day);
    const count = Math.min(entry.condition_count || 0, words.most_conditions);
    return say(words.standings[kind === 'licensed_with_conditions' ? `${kind}_${count}` : kind], valuesOf(entry, day));
  }

  // The word of the answer, with its day where a revocation has been decided; and the day that belongs to it.
  const word = (entry, day) => (kindOf(entry, day) === 'revocation_to_come' ? say(words.losing_on, { day: inWords(entry.revoked_from) }) : '');
  const when = (entry, day) => say(words.short[kindOf(entry, day)], valuesOf(entry, day));

  // --- what is answered ---

  function cannotTell(why) {
    const title = heading(2, 'm', tag('cannot_tell'));
    part.answer.replaceChildren(title, paragraph(words.faults[why] || words.faults.damaged), paragraph(words.says_nothing));
    return title;
  }

  // A field that has no place of its own: its label depends on whether the licence holds, has ended or was applied for.
  function rowsOf(entry, outcome, isLicensed) {
    const state = isLicensed ? 'licensed' : outcome === 'not_licensed' ? 'ended' : 'applied';
    const said = (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? inWords(value) : value && [value].flat().join(', '));
    return words.rows.filter((row) => row[state]).map((row) => [row[state], said(entry[row.name])]);
  }

  // Nobody is sent to the telephone of a firm that may not act.
  function details(entry, outcome, isLicensed) {
    const { telephone, website, email } = isLicensed ? entry : {};
    const rows = [
      [words.number, entry.number], ...rowsOf(entry, outcome, isLicensed), [words.place, [entry.address?.town, entry.address?.postcode].filter(Boolean).join(', ')],
      [words.telephone, telephone && link(telephone, `tel:${telephone}`)], [words.website, website], [words.email, email],
    ];
    return make('dl', 'govuk-summary-list', ...rows.filter(([, value]) => value).map(([name, value]) => row(name, make('bdi', '', value))));
  }

  const list = (...rows) => make('ul', 'govuk-list govuk-list--bullet', ...rows.map((row) => make('li', '', ...[row].flat())));
  function helper([name, telephone, when]) {
    const number = telephone ? link(telephone, `tel:${telephone.replaceAll(' ', '')}`) : '';
    if (number) number.classList.add('app-calls__number');
    return make('li', '', make('strong', '', name), ' ', make('span', 'app-calls__when', when), ' ', number);
  }

  // What those can do who have to do with a holder whose licence is gone.
  const advice = ({ workers, users, helpers }) => [
    heading(3, 'm', words.if_you_work), list(...workers), heading(3, 'm', words.if_you_use), list(...users), heading(3, 'm', words.who_helps), make('ul', 'app-calls', ...helpers.map(helper)),
  ];

  function whole(told, day) {
    const { entry, standing } = told;
    const pack = words.schemes[entry.scheme] || { says: {}, promise: '', ended: { workers: [], users: [], helpers: [] } };
    const outcome = words.outcome_of[standing];
    const isLicensed = ['licensed', 'licensed_with_conditions', 'losing_licence'].includes(outcome);
    const says = kindOf(entry, day) === 'ended' ? '' : pack.says[standing];
    return make(
      'div', `app-told app-told--${words.tones[outcome]}`, heading(3, 'm', entry.name), make('p', 'govuk-body', tag(outcome, word(entry, day))),
      make('p', 'govuk-body', make('strong', '', when(entry, day))), paragraph(sentence(told, day)), says ? paragraph(says) : '',
      remark(told) ? paragraph(remark(told), 'govuk-hint') : '',
      isLicensed && pack.promise ? paragraph(pack.promise) : '',
      ...(['not_licensed', 'losing_licence'].includes(outcome) ? advice(pack.ended) : []),
      details(entry, outcome, isLicensed), isLicensed ? paragraph(words.ring_this) : '',
      make('p', 'govuk-body', link(words.see_entry, `${addresses.entries}${entry.number}/`)),
    );
  }

  // Why somebody is shown, in the words of the ordinary page.
  function remark({ entry, why, name, isPast }) {
    const facts = { name, number: name, postcode: name, place: name };
    if (isPast) return say(words.was_registered_with, facts);
    const isOtherName = words.why_of_a_name.includes(why) && name !== entry.name;
    return [isOtherName ? say(words.also_called, facts) : '', words.why[why] ? say(words.why[why], facts) : ''].filter(Boolean).join(' ');
  }

  // What differs from the name that was typed is marked, as on the ordinary page.
  const piecesOf = ({ entry, why, name }, text) => (words.nearly_the_name.includes(why) && name === entry.name ? compared(text, name) : []);
  const marked = (name, pieces) => (pieces.length
    ? make('bdi', '', ...pieces.map(([piece, differs]) => (differs ? make('mark', 'app-differs', piece) : piece))) : make('bdi', '', name));

  // A similar name carries its standing in plain words: no tag, no colour, nothing that could be read as a yes.
  function alike(told, day, text) {
    const place = told.entry.address?.town;
    return make(
      'li', '', heading(3, 's', marked(told.entry.name, piecesOf(told, text))), paragraph(sentence(told, day)),
      paragraph([remark(told), [told.entry.number, place].filter(Boolean).join(' · ')].filter(Boolean).join(' '), 'govuk-hint'),
    );
  }

  function others(rows, day, text, named, said) {
    if (!rows.length) return [];
    const isMarked = rows.some((one) => piecesOf(one, text).length);
    return [
      heading(2, 'm', named), paragraph(isMarked ? `${said} ${words.what_differs}` : said),
      make('ul', 'govuk-list govuk-list--spaced', ...rows.map((one) => alike(one, day, text))),
    ];
  }

  function answersIn({ day, exact, several, borrowed, similar, inPlace }, text) {
    if (exact.length) {
      const title = heading(2, 'm', say(exact.length > 1 ? words.found_several : words.found_one, { number: exact.length }));
      return [title, ...(exact.length > 1 ? [paragraph(words.more_than_one)] : []), ...exact.map((one) => whole(one, day))];
    }
    if (several.length) return others(several, day, text, say(words.several_forms, { text }), words.several_forms_compare);
    if (borrowed.length) return others(borrowed, day, text, words.borrowed, words.near_compare);
    if (similar.length || inPlace.length) return [];
    return [heading(2, 'm', tag('not_found'), ' ', say(words.found_nobody, { text })), ...words.advice.map((one) => paragraph(one)), list(...words.to_do)];
  }

  function show(text, found, now) {
    const { day, exact, several, similar, inPlace } = found;
    const isAnswered = exact.length || several.length;
    const near = isAnswered
      ? others(similar, day, text, words.confused, words.confused_compare) : others(similar, day, text, words.near, words.near_compare);
    if (near.length && !isAnswered) near.push(list(...words.to_do));
    const there = others(inPlace, day, text, say(words.in_place, { text }), words.in_place_says_nothing);
    const answered = answersIn(found, text);
    // Who asks for a town or a postcode is shown who is there before they read that nobody is called so.
    const told = !isAnswered && there.length ? [...there, ...near, ...answered] : [...answered, ...near, ...there];
    const [title] = told;
    told.push(paragraph(say(words.true_at, { moment: moment(register.madeAt), now: moment(now) }), 'govuk-body-s'));
    part.answer.replaceChildren(...told);
    return title;
  }

  // Who asks sooner than the register is there waits for it: "could not be loaded" would not be true yet.
  async function answer(text) {
    await loading;
    const now = new Date();
    let title;
    try {
      const isMark = text.includes('L1.');
      const mark = isMark ? await readMark(text, keys) : null;
      if (isMark && !mark) title = forged();
      else if (!mark && codeIn(text).length > words.longest) throw new Fault('too_long');
      else if (!register) throw new Fault(fault);
      else if (mark) title = genuine(mark, now);
      else title = show(text, register.ask(codeIn(text), now), now);
    } catch (error) {
      title = cannotTell(error instanceof Fault ? error.message : 'damaged');
    }
    title.tabIndex = -1;
    title.focus();
  }

  // The address of a certificate holds its short code; of an address within a text, the rest may name another.
  const codeIn = (text) => (/^\S*\/c\/([^/#\s]+)\S*$/.exec(text) || [])[1] || text;

  function forged() {
    const title = heading(2, 'm', words.forged);
    part.answer.replaceChildren(title, paragraph(words.do_not_rely));
    return title;
  }

  function genuine(mark, now) {
    const title = show(mark.number, { ...register.ask(mark.number, now), similar: [] }, now);
    title.after(paragraph(say(words.genuine, mark)));
    return title;
  }

  // --- asking ---

  function form() {
    const input = make('input', 'govuk-input');
    // Without a name: even a browser that handed the form in would send nothing.
    input.className = 'govuk-input app-own-font';
    Object.assign(input, { id: 'private-asked', type: 'text', maxLength: 1000, autocomplete: 'off', spellcheck: false });
    input.setAttribute('aria-describedby', 'private-hint');
    const label = make('label', 'govuk-label govuk-label--m', words.label);
    label.htmlFor = input.id;
    const hint = make('div', 'govuk-hint', words.hint);
    hint.id = 'private-hint';
    const group = make('div', 'govuk-form-group', label, hint, input);
    const press = make('button', 'govuk-button', words.check);
    const whole = make('form', '', group, press);
    whole.noValidate = true;
    whole.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = input.value.trim();
      const error = make('p', 'govuk-error-message', make('span', 'govuk-visually-hidden', words.error), words.nothing_asked);
      error.id = 'private-error';
      group.querySelector('.govuk-error-message')?.remove();
      group.classList.toggle('govuk-form-group--error', !text);
      input.classList.toggle('govuk-input--error', !text);
      input.setAttribute('aria-describedby', text ? 'private-hint' : 'private-hint private-error');
      if (text) answer(text);
      else {
        hint.after(error);
        part.answer.replaceChildren();
        input.focus();
      }
    });
    part.form.replaceChildren(whole);
    return input;
  }

  // --- loading and keeping ---

  function status() {
    const why = register ? register.fault(new Date()) : fault;
    const size = register && register.count.toLocaleString('en-GB');
    part.status.replaceChildren(why ? words.faults[why] : say(words.ready, {
      moment: moment(register.madeAt), until: moment(register.validUntil), number: size,
    }));
  }

  // An answer is as old as the copy: on a page that is left open it goes when the copy may be asked no longer.
  function expire() {
    status();
    const why = register && register.fault(new Date());
    if (why && part.answer.hasChildNodes()) cannotTell(why);
  }

  function load() {
    loading = fetchRegister();
    return loading;
  }

  async function fetchRegister() {
    try {
      // One may have been made anew between the two: then both are asked for once more.
      register = await openBoth().catch((error) => (error.message === 'other_index' ? openBoth() : Promise.reject(error)));
    } catch (error) {
      register = null;
      fault = error instanceof Fault ? error.message : 'not_loaded';
    }
    status();
  }

  async function openBoth() {
    const [copy, index] = await Promise.all([addresses.register, addresses.index].map(async (address) => {
      const answered = await fetch(address, { credentials: 'omit' });
      if (!answered.ok) throw new Fault('not_loaded');
      return answered.arrayBuffer();
    }));
    return openRegister(copy, index, keys);
  }

  async function keep() {
    const cache = await caches.open(CACHE);
    const shown = [...document.querySelectorAll('link[rel~=stylesheet], link[rel=manifest], link[rel~=icon], script[src]')].map((one) => one.href || one.src);
    await cache.addAll([...new Set([addresses.page, addresses.register, addresses.index, ...shown])]);
    await navigator.serviceWorker.register(worker);
  }

  async function remove() {
    // What is being kept anew would come back after it.
    await keeping;
    await caches.delete(CACHE);
    const scope = new URL('./', new URL(worker, document.baseURI)).href;
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.filter((one) => one.scope === scope).map((one) => one.unregister()));
  }

  // On the site everything is kept from one page, under one name, and taken away there.
  async function offerPage() {
    part.keep.replaceChildren(make('p', 'govuk-body', link(words.keep_elsewhere, addresses.keep)));
    if (navigator.onLine && await caches.has(KEPT_ON_SITE)) await (await caches.open(KEPT_ON_SITE)).addAll([addresses.register, addresses.index]).catch(() => null);
  }

  function offer(isKept, failed) {
    const change = (act, after) => async () => {
      try {
        await act();
        offer(after);
      } catch (full) {
        offer(isKept, true);
      }
    };
    part.keep.replaceChildren(
      paragraph(failed ? words.not_kept : isKept ? words.is_kept : words.may_keep),
      isKept ? button(words.remove, change(remove, false)) : button(words.keep, change(keep, true)),
    );
  }

  async function begin() {
    // Whatever is typed or answered is written in the fonts of the device: none is asked for by what it says.
    part.answer.classList.add('app-own-font');
    form();
    part.status.replaceChildren(words.loading);
    await load();
    if (addresses.keep && 'caches' in globalThis) await offerPage();
    else if ('serviceWorker' in navigator && 'caches' in globalThis) {
      const isKept = await caches.has(CACHE);
      offer(isKept);
      if (isKept && navigator.onLine) keeping = keep().catch(() => null);
    }
    if (window.location.hash.includes('L1.') || /\/c\/[^/]+\/$/.test(window.location.pathname)) await answer(decodeURI(window.location.href));
    window.addEventListener('online', load);
    setInterval(expire, 10000);
    ['visibilitychange', 'pageshow', 'focus'].forEach((name) => window.addEventListener(name, expire));
  }

  begin();
}

const root = document.getElementById('private-look-up');
if (root) start(root);
