// The people met on the visit: the lot, interviews, signs of forced labour, signatures.
import { heading, link, make, paragraph, say } from '../../shared/making.js';
import { speak } from '../form.js';
import { anonymous, draw } from '../lot.js';
import { rows } from './visit.js';

const to = (visit, rest = '') => `#/${visit.reference}${rest}`;
const MOST_WORKERS = 5000;

export async function peoplePage(app, visit) {
  const { visits, words } = app;
  const samples = visits.all(visit.reference, 'sample').map(([, one]) => one);
  const interviews = await Promise.all(visits.all(visit.reference, 'interview').map(async ([key, one]) => [key, await anonymous(key), one]));
  const fields = [{ kind: 'text', name: 'workers_present', type: 'number', width: 5, label: words.workers_present, hint: words.workers_hint }];
  if (samples.length) fields.push({ kind: 'text', name: 'because', rows: 3, label: words.draw_again_because });
  return {
    title: words.people,
    back: [to(visit), visit.organisation],
    inside: [
      heading(2, 'm', words.lot),
      ...samples.map((one, at) => paragraph(say(words.drawn, { number: at + 1, workers: one.workers_present, places: one.drawn.join(', ') }))),
      await app.form(visit, 'sample', String(samples.length + 1), {
        fields,
        press: samples.length ? words.draw_again : words.draw,
        check: ({ workers_present: typed, because }) => [
          ...(/^\d+$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= MOST_WORKERS ? [] : [['workers_present', words.workers_wrong]]),
          ...(samples.length && !because.trim() ? [['because', words.draw_no_reason]] : []),
        ],
        written: async ({ workers_present: typed, because }) => ({
          workers_present: Number(typed), drawn: await draw(visit.sample, samples.length + 1, Number(typed)), because: because || '',
        }),
        after: to(visit, '/people'),
      }),
      heading(2, 'm', words.interviews),
      make('ul', 'govuk-list govuk-list--bullet', ...interviews.map(([key, name, one]) => make('li', '', link(name, to(visit, `/interview/${key}`)), ` ${app.facts.sampled[one.sampled]}${one.drawn_number ? `: ${one.drawn_number}` : ''}`))),
      make('p', 'govuk-body', link(words.interview, to(visit, `/interview/${crypto.randomUUID()}`))),
    ],
  };
}

const YES_NO = ({ yes, no }) => [['yes', yes], ['no', no]];

function asked(visit, words, language) {
  const speaks = language in visit.questions[0]?.words ? language : 'en-gb';
  return visit.questions.flatMap((one) => [
    ...(one.kind === 'yes_no' ? [{ kind: 'radios', name: `said-${one.code}`, lang: speaks, words: one.words, label: one.words[speaks], options: YES_NO(words) }] : []),
    { kind: 'text', name: `words-${one.code}`, rows: 3, lang: speaks, words: one.kind === 'yes_no' ? undefined : one.words, label: one.kind === 'yes_no' ? words.in_own_words : one.words[speaks] },
  ]);
}

function told(visit, typed) {
  const answers = visit.questions.map(({ code }) => [code, { said: typed[`said-${code}`] || '', words: typed[`words-${code}`] || '' }]);
  return {
    language: typed.language,
    interpreted: typed.interpreted.length > 0,
    sampled: typed.sampled,
    drawn_number: /^\d+$/.test(typed.drawn_number.trim()) ? Number(typed.drawn_number) : null,
    explained: typed.explained,
    consents: typed.consents === 'yes',
    answers: Object.fromEntries(answers.filter(([, one]) => one.said || one.words)),
    indicators: typed.indicators,
    notes: typed.notes,
    held_at: new Date().toISOString(),
  };
}

function typedOf(one) {
  if (!one) return undefined;
  const answers = Object.entries(one.answers).flatMap(([code, answer]) => [[`said-${code}`, answer.said], [`words-${code}`, answer.words]]);
  return { ...one, ...Object.fromEntries(answers), interpreted: one.interpreted ? ['yes'] : [], consents: one.consents ? 'yes' : 'no', drawn_number: one.drawn_number ?? '' };
}

function wrong(app, visit, typed) {
  const { words } = app;
  const places = app.visits.all(visit.reference, 'sample').flatMap(([, one]) => one.drawn);
  const one = told(visit, typed);
  const hasSpoken = Object.keys(one.answers).length || one.indicators.length || one.notes.trim();
  const problems = [
    [!one.sampled, 'sampled', words.not_said_how],
    [one.sampled === 'drawn' && !places.includes(one.drawn_number), 'drawn_number', words.not_drawn],
    [one.sampled !== 'drawn' && typed.drawn_number.trim(), 'drawn_number', words.not_by_lot],
    [!typed.consents, 'consents', words.no_consent_said],
    [one.consents && one.explained.length < visit.explained.length, 'explained', words.not_explained],
    [typed.consents === 'no' && hasSpoken, 'consents', words.no_consent],
  ];
  return problems.filter(([is]) => is).map(([, name, text]) => [name, text]);
}

export async function interviewPage(app, visit, key) {
  const { words } = app;
  const stands = typedOf(app.visits.content(visit.reference, 'interview', key));
  const draft = await app.visits.draft(visit.reference, 'interview', key);
  const language = (draft || stands)?.language || 'en-gb';
  const speaks = language in (visit.explained[0]?.words || {}) ? language : 'en-gb';
  const form = await app.form(visit, 'interview', key, {
    values: stands || { language },
    fields: [
      { kind: 'select', name: 'language', label: words.language, options: app.facts.languages },
      { kind: 'boxes', name: 'interpreted', label: words.interpreter, options: [['yes', words.interpreted]] },
      { kind: 'radios', name: 'sampled', label: words.sampled, options: Object.entries(app.facts.sampled) },
      { kind: 'text', name: 'drawn_number', type: 'number', width: 5, label: words.drawn_number, hint: words.no_names },
      { kind: 'boxes', name: 'explained', label: words.tell_first, lang: speaks, options: visit.explained.map((one) => [one.code, one.words[speaks], one.words]) },
      { kind: 'radios', name: 'consents', label: words.consents, options: YES_NO(words) },
      ...asked(visit, words, language),
      { kind: 'boxes', name: 'indicators', label: words.signs_said, options: visit.indicators.map(({ code, title }) => [code, `${code} ${title}`]) },
      { kind: 'text', name: 'notes', rows: 5, label: words.notes, hint: words.notes_hint },
    ],
    check: (typed) => wrong(app, visit, typed),
    written: (typed) => told(visit, typed),
    after: to(visit, '/people'),
  });
  const language_ = form.querySelector('#language');
  language_.addEventListener('change', () => speak(form, language_.value));
  return { title: say(words.interview_of, { reference: await anonymous(key) }), back: [to(visit, '/people'), words.people], inside: [paragraph(words.nobody_named), form] };
}

export async function indicatorsPage(app, visit) {
  const { visits, words } = app;
  return {
    title: words.indicators,
    back: [to(visit), visit.organisation],
    inside: [paragraph(words.indicators_about), make('ul', 'govuk-list govuk-list--spaced', ...visit.indicators.map(({ code, title }) => {
      const stands = visits.content(visit.reference, 'indicator', code);
      return make('li', '', link(`${code} ${title}`, to(visit, `/indicator/${code}`)), stands?.seen ? make('p', 'govuk-hint app-preserve-lines', stands.evidence) : '');
    }))],
  };
}

export async function indicatorPage(app, visit, code) {
  const { words } = app;
  const stands = app.visits.content(visit.reference, 'indicator', code) || { seen: false, evidence: '' };
  return {
    title: `${code} ${visit.indicators.find((one) => one.code === code).title}`,
    back: [to(visit, '/indicators'), words.indicators],
    inside: [await app.form(visit, 'indicator', code, {
      values: { seen: stands.seen ? ['yes'] : [], evidence: stands.evidence },
      fields: [
        { kind: 'boxes', name: 'seen', label: words.seen_question, options: [['yes', words.seen]] },
        { kind: 'text', name: 'evidence', rows: 6, label: words.where_it_shows },
      ],
      check: ({ seen, evidence }) => (seen.length && !evidence.trim() ? [['evidence', words.where_missing]] : []),
      written: ({ seen, evidence }) => ({ seen: seen.length > 0, evidence: seen.length ? evidence : '' }),
      after: to(visit, '/indicators'),
    })],
  };
}

export async function signaturesPage(app, visit) {
  const { visits, words } = app;
  const stand = visits.all(visit.reference, 'signature').map(([, one]) => one);
  return {
    title: words.signatures,
    back: [to(visit), visit.organisation],
    inside: [
      ...stand.map((one) => rows([words.signer, `${one.name}, ${one.role}`], [words.statement, one.statement], [words.how, app.facts.how[one.how]], [words.refused_because, one.because])),
      heading(2, 'm', words.sign),
      await app.form(visit, 'signature', crypto.randomUUID(), {
        isNew: true,
        values: { statement: words.statement_usual },
        fields: [
          { kind: 'text', name: 'name', label: words.signer },
          { kind: 'text', name: 'role', label: words.signer_role },
          { kind: 'text', name: 'statement', rows: 4, label: words.statement },
          { kind: 'radios', name: 'how', label: words.how, options: Object.entries(app.facts.how) },
          { kind: 'pad', name: 'strokes', label: words.sign_here, clear: words.clear },
          { kind: 'text', name: 'because', rows: 3, label: words.refused_because },
        ],
        check: ({ name, role, statement, how, strokes, because }) => [
          [!name.trim(), 'name', words.no_signer], [!role.trim(), 'role', words.no_role], [!statement.trim(), 'statement', words.no_statement],
          [!how, 'how', words.no_how], [how === 'drawn' && !strokes.length, 'how', words.no_drawing], [how === 'refused' && !because.trim(), 'because', words.no_refusal],
        ].filter(([is]) => is).map(([, name_, text]) => [name_, text]),
        written: ({ name, role, statement, how, strokes, because }) => ({
          name: name.trim(), role: role.trim(), statement, how, strokes: how === 'drawn' ? strokes : [], because: how === 'refused' ? because : '', signed_at: new Date().toISOString(),
        }),
        after: to(visit, '/signatures'),
      }),
    ],
  };
}
