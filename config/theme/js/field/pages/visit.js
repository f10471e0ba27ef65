// The pages of one visit: what it is about, each section of standards, and the visit itself.
import { newsOf } from '../news.js';
import { against, found as contradictionsIn } from './contradictions.js';
import { heading, link, make, paragraph, row, say } from '../../shared/making.js';

const to = (visit, rest = '') => `#/${visit.reference}${rest}`;

// What whoever arrives must know stands before everything that there is to do.
const FIRST = ['when', 'place', 'risk', 'safety', 'people', 'telephone'];
const called = (code, says) => (code === 'telephone' ? link(says, `tel:${says.replace(/\s/g, '')}`) : says);

export const rows = (...pairs) => make('dl', 'govuk-summary-list', ...pairs.filter(([, value]) => value).map(([name, value]) => row(name, make('span', 'app-preserve-lines', value))));

function task(words, title, href, hint) {
  const inside = make('div', 'govuk-task-list__name-and-hint', link(title, href), hint ? make('div', 'govuk-task-list__hint', hint) : '');
  inside.querySelector('a').className = 'govuk-link govuk-task-list__link';
  return make('li', 'govuk-task-list__item govuk-task-list__item--with-link', inside);
}

// In the list of all: when and where, once it is planned; else by when.
export function planned({ visits, words }, visit) {
  const says = (code) => visits.says(visit, code);
  return says('place') ? `${says('when')}. ${says('place')}` : say(words.due_by, { day: says('due') });
}

const folded = (title, inside) => make(
  'details', 'govuk-details', make('summary', 'govuk-details__summary', make('span', 'govuk-details__summary-text', title)), make('div', 'govuk-details__text', inside),
);

export async function visitPage(app, visit) {
  const { visits, words } = app;
  const returned = visits.says(visit, 'returned');
  const count = (part) => visits.all(visit.reference, part).filter(([, one]) => !one.removed_because).length;
  const questions = visits.says(visit, 'questions');
  const asked = (visit.asked ?? []).filter(({ code }) => !['returned', 'questions'].includes(code));
  const first = FIRST.map((each) => asked.find(({ code }) => code === each)).filter(Boolean);
  const said = (list) => list.map(({ code, name, says }) => [name, called(code, says)]);
  const found = (section) => section.tested.filter(({ code }) => visits.content(visit.reference, 'finding', code)?.finding).length;
  const tasks = [
    [words.the_visit, '/visit'],
    ...visit.sections.map((one) => [`${one.number}. ${one.title}`, `/section/${one.number}`, say(words.found_of, { found: found(one), all: one.tested.length })]),
    [words.people, '/people', say(words.interviewed, { number: count('interview') })],
    [words.indicators, '/indicators'],
    [words.photographs, '/exhibits', String(count('exhibit'))],
    [words.signatures, '/signatures', String(count('signature'))],
    ...(visit.compared ? [[words.contradictions, '/contradictions', String((await contradictionsIn(app, visit)).length)]] : []),
  ];
  return {
    title: visit.organisation,
    back: ['#/', words.all_visits],
    inside: [
      ...newsOf(app, visit),
      returned ? make('div', 'govuk-inset-text', heading(2, 's', words.returned), paragraph(returned, 'govuk-body app-preserve-lines')) : '',
      questions ? make('div', 'govuk-inset-text', heading(2, 's', words.questions), paragraph(questions, 'govuk-body app-preserve-lines')) : '',
      rows(...said(first)),
      paragraph(link(words.check_in, to(visit, '/check-in'))),
      make('ul', 'govuk-task-list', ...tasks.map(([title, rest, hint]) => task(words, title, to(visit, rest), hint))),
      heading(2, 'm', words.asked),
      rows(
        [words.reference, visit.reference], [words.kind, visit.kind], [words.scheme, visit.scheme], [words.licence, visit.licence_number], [words.application, visit.case], [words.put_right, visit.follow_up],
        ...said(asked.filter((one) => !first.includes(one))),
      ),
      visit.facts.length ? folded(words.known, rows(...visit.facts.map(({ key, value }) => [key, value]))) : '',
    ],
  };
}

export async function theVisit(app, visit) {
  const { visits, words } = app;
  const stands = visits.content(visit.reference, 'visit') || {};
  return {
    title: words.the_visit,
    back: [to(visit), visit.organisation],
    inside: [await app.form(visit, 'visit', '', {
      values: stands,
      fields: [
        { kind: 'text', name: 'visited_on', type: 'date', label: words.visited_on, width: 10 },
        { kind: 'text', name: 'summary', rows: 8, label: words.summary, hint: words.summary_hint },
        { kind: 'text', name: 'business_comments', rows: 5, label: words.business_comments },
      ],
    })],
  };
}

// The next time that the clock shows what was typed: after midnight, tomorrow.
function minutesUntil(typed) {
  const then = new Date();
  const [hour, minute] = typed.split(':'); // of nothing typed there is no minute, and no time
  then.setHours(hour, minute, 0, 0);
  if (then <= Date.now()) then.setDate(then.getDate() + 1);
  return Math.ceil((then - Date.now()) / 60000);
}

export async function checkInPage(app, visit) {
  const { words, facts, presence } = app;
  return {
    title: words.check_in,
    back: [to(visit), visit.organisation],
    inside: [paragraph(words.check_in_about), await app.form(visit, 'check_in', '', {
      press: words.check_in,
      fields: [{ kind: 'text', name: 'expected', type: 'time', label: words.expected, width: 5 }],
      check: ({ expected }) => (minutesUntil(expected) <= facts.longest_stay ? [] : [['expected', words.wrong_time]]),
      write: ({ expected }) => app.press(presence, { what: 'check_in', visit: visit.reference, minutes: minutesUntil(expected) }),
    })],
  };
}

export async function sectionPage(app, visit, number) {
  const { words } = app;
  const section = visit.sections.find((one) => String(one.number) === number);
  const stands = (code) => app.visits.content(visit.reference, 'finding', code) || { finding: '', evidence: '' };
  return {
    title: `${section.number}. ${section.title}`,
    back: [to(visit), visit.organisation],
    inside: [make('ul', 'govuk-task-list', ...section.tested.map((one) => task(
      words, `${one.code} ${one.title}`, to(visit, `/standard/${one.code}`), app.facts.findings[stands(one.code).finding] || words.nothing_yet,
    )))],
  };
}

export async function standardPage(app, visit, code) {
  const { words } = app;
  const section = visit.sections.find((one) => one.tested.some((tested) => tested.code === code));
  const standard = section.tested.find((one) => one.code === code);
  return {
    title: `${code} ${standard.title}`,
    back: [to(visit, `/section/${section.number}`), section.title],
    inside: [
      paragraph(standard.guidance),
      paragraph([standard.critical ? words.critical : '', say(words.costs, { points: standard.worth })].filter(Boolean).join(' ')),
      await against(app, visit, code),
      await app.form(visit, 'finding', code, {
        values: app.visits.content(visit.reference, 'finding', code),
        fields: [
          { kind: 'radios', name: 'finding', label: words.finding, options: Object.entries(app.facts.findings) },
          { kind: 'text', name: 'evidence', rows: 8, label: words.evidence, hint: words.evidence_hint },
          { kind: 'text', name: 'business_comment', rows: 4, label: words.business_comment, hint: words.business_comment_hint },
        ],
        check: ({ finding, evidence }) => (finding === 'not_met' && !evidence.trim() ? [['evidence', words.no_evidence]] : []),
        after: to(visit, `/section/${section.number}`),
      }),
    ],
  };
}
