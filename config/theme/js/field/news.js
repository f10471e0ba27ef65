// What was changed in the office since a visit was taken along: heard of when there is a connection, shown until it has been read.
import { about, button, heading, link as anchor, make, paragraph, row, say } from '../shared/making.js';

// { is, told: how each visit here stands now, others: visits that wait for this inspector and are not here }
export async function hearOf({ visits, link, copy }) {
  const session = await link.session();
  if (session.is !== 'answer') return { is: session.is === 'refused' ? 'sign_in' : session.is, told: [], others: [] };
  if (session.told.who !== copy.who) return { is: 'somebody_else', told: [], others: [] };
  const { is, told } = await link.post('hear', { asked: { device: copy.device } });
  const others = session.told.visits.filter(({ reference }) => !visits.visit(reference));
  return { is, told: is === 'answer' ? told.visits : [], others };
}

// True when there is something new to read. Of what had changed before and was not read, the oldest is what it was.
export function learn(visit, { standing, asked, planned_on: planned }) {
  const before = Object.fromEntries((visit.asked ?? asked).map((row) => [row.code, row]));
  const now = Object.fromEntries(asked.map((row) => [row.code, row]));
  const changes = { ...visit.changes };
  let isNew = standing !== (visit.standing ?? 'open');
  if (standing === 'open') {
    [...new Set([...Object.keys(now), ...Object.keys(before)])].forEach((code) => {
      if (now[code]?.revision === before[code]?.revision) return;
      const was = changes[code] ?? { name: (now[code] ?? before[code]).name, says: before[code]?.says ?? '', revision: before[code]?.revision };
      if (was.revision === now[code]?.revision) delete changes[code];
      else changes[code] = was;
      isNew = true;
    });
    Object.assign(visit, { asked, changes });
    if (visit.compared) visit.compared.planned_on = planned;
  }
  visit.standing = standing;
  if (isNew) visit.unread = standing !== 'open' || Object.keys(changes).length > 0;
  return isNew;
}

function warning(words, text) {
  const icon = make('span', 'govuk-warning-text__icon', '!');
  icon.setAttribute('aria-hidden', 'true');
  return make('div', 'govuk-warning-text', icon, make('strong', 'govuk-warning-text__text', make('span', 'govuk-visually-hidden', words.warning), text));
}

// Above all else on the page of a visit.
export function newsOf({ visits, words, read }, visit) {
  const now = Object.fromEntries((visit.asked ?? []).map((row) => [row.code, row.says]));
  const changes = Object.entries(visit.changes ?? {}).map(([code, { name, says }]) => row(
    name, ...[[words.was, says], [words.is_now, now[code]]].map(([which, text]) => make('p', 'govuk-body app-preserve-lines', make('strong', '', which), ' ', text || words.nothing)),
  ));
  const standing = words.standings[visit.standing];
  return [
    standing ? warning(words, standing) : '',
    changes.length ? make('div', 'govuk-inset-text', heading(2, 's', words.changed_since), make('dl', 'govuk-summary-list', ...changes)) : '',
    visit.unread ? button(words.have_read, () => visits.read(visit).then(read)) : '',
  ];
}

// On the page of all visits: what is not on this device, and whether it hears of changes at all.
export function besides(app, signIn) {
  const { heard, visits, words } = app;
  const others = (heard?.others ?? []).filter(({ reference }) => !visits.visit(reference));
  return [
    ['sign_in', 'somebody_else'].includes(heard?.is) ? make('div', 'govuk-inset-text', paragraph(words.hears_nothing), signIn()) : '',
    others.length ? heading(2, 'm', words.not_here) : '',
    ...others.map((one) => make('div', '', paragraph(`${one.organisation} ${one.reference}. ${say(words.due_by, { day: one.due_on })}`), about(button(words.take_it_too, () => app.takeToo(one.reference)), one.organisation))),
  ];
}

// Beside the name of a visit in the list of all.
export const newsInShort = ({ words }, visit) => (visit.unread ? [' ', make('strong', '', words.standings_short[visit.standing] ?? words.changed_since)] : []);
export const newsLink = (words, number) => anchor(say(words.changed, { number }), '#/');
