// What in the visit contradicts itself, so that the inspector puts it right or says why before the report is handed in.
import { anonymous } from '../lot.js';
import { contradictions, factsOf } from '../contradictions.js';
import { link, make, paragraph, say } from '../../shared/making.js';

const to = (visit, rest = '') => `#/${visit.reference}${rest}`;

export const found = async ({ visits }, visit) => (visit.compared ? contradictions(visit.compared.book, await factsOf(visits, visit, anonymous)) : []);

function thing({ words }, visit, [kind, name]) {
  const sign = visit.indicators.find(({ code }) => code === name)?.title ?? '';
  if (kind === 'day') return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${name}T00:00:00Z`));
  return say(words.rests_on[kind], { name: kind === 'sign' ? `${name} ${sign}` : name });
}

// Of one standard, on its own page.
export async function against(app, visit, standard) {
  const about = (await found(app, visit)).filter((one) => one.standard === standard);
  return about.length ? make('div', 'govuk-inset-text', ...about.map((one) => described(app, visit, one))) : '';
}

function described(app, visit, one) {
  const rests = one.restsOn.map((each) => thing(app, visit, each)).join(', ');
  return paragraph(`${visit.compared.says[one.code]}${rests ? ` ${rests}.` : ''}${one.severity === 'look_at' ? ` ${app.words.only_to_look_at}` : ''}`);
}

const placeOf = ({ code, standard }) => {
  if (standard) return `/standard/${standard}`;
  return { off_plan: '/visit', no_signature: '/signatures' }[code] ?? '/people';
};

export async function contradictionsPage(app, visit) {
  const { words } = app;
  const kinds = Object.fromEntries(visit.compared?.book.contradictions.map(({ code, kind }) => [code, kind]) ?? []);
  const all = await found(app, visit);
  return {
    title: words.contradictions,
    back: [to(visit), visit.organisation],
    inside: [
      paragraph(all.length ? words.contradictions_about : words.no_contradictions),
      make('ul', 'govuk-list govuk-list--spaced', ...all.map((one) => make(
        'li', '', link(one.standard || words.the_visit, to(visit, placeOf({ code: kinds[one.code], standard: one.standard }))), described(app, visit, one),
      ))),
    ],
  };
}
