// What contradicts itself in a visit: the same as on the server (compliance/contradictions/rules/comparing.py), held to it by shared cases.

// A blank or a dash is no reason.
const isSaid = ({ evidence }) => /[\p{L}\p{N}]/u.test(evidence);
const byCode = (one, other) => (one < other ? -1 : Number(one > other));
const ofFindings = (rule, { findings }) => Object.keys(findings).sort(byCode).filter((code) => rule.findings.includes(findings[code].finding)).map((code) => [code, findings[code]]);
const signsAgainst = (book, standard) => book.speaks_against.filter((one) => one.sign && one.standards.includes(standard)).map(({ sign }) => sign);

function speaksAgainst(book, standard, { consents, signs, answers }) {
  const against = signsAgainst(book, standard);
  return consents && (signs.some((sign) => against.includes(sign))
    || book.speaks_against.some((one) => one.question && one.standards.includes(standard) && answers[one.question] === one.answer));
}

const DAY = 24 * 60 * 60 * 1000;
const daysBetween = (one, other) => Math.abs(Date.parse(`${one}T00:00:00Z`) - Date.parse(`${other}T00:00:00Z`)) / DAY;

// Each gives pairs: of which standard (empty: of the visit), and what it rests on.
const KINDS = {
  sign_without_reason: (rule, book, facts) => ofFindings(rule, facts).flatMap(([code, found]) => {
    const seen = facts.signs.filter((sign) => signsAgainst(book, code).includes(sign)).map((sign) => ['sign', sign]);
    return seen.length && !isSaid(found) ? [[code, seen]] : [];
  }),
  exhibit_without_reason: (rule, book, facts) => ofFindings(rule, facts).flatMap(([code, found]) => {
    const about = facts.exhibits.filter(({ standards }) => standards.includes(code)).map(({ name }) => ['exhibit', name]);
    return about.length && !isSaid(found) ? [[code, about]] : [];
  }),
  interview_disagrees: (rule, book, facts) => ofFindings(rule, facts).flatMap(([code]) => {
    const said = facts.interviews.filter((one) => speaksAgainst(book, code, one)).map(({ name }) => ['interview', name]);
    return said.length ? [[code, said]] : [];
  }),
  critical_without_evidence: (rule, book, facts) => ofFindings(rule, facts)
    .filter(([code, found]) => found.critical && !isSaid(found) && !facts.exhibits.some(({ standards }) => standards.includes(code)))
    .map(([code]) => [code, []]),
  sample_not_interviewed: (rule, book, { drawn, interviews }) => {
    // Who was asked and did not want to talk was asked.
    const left = drawn.filter((place) => !interviews.some((one) => one.place === place));
    const isShort = drawn.length - left.length < Math.ceil((drawn.length * rule.percent) / 100);
    return isShort ? [['', left.map((place) => ['place', String(place)])]] : [];
  },
  no_sample: (rule, book, { draws, drawn }) => (draws && !drawn.length ? [['', []]] : []),
  off_plan: (rule, book, { visited_on: visited, planned_on: planned }) => (
    visited && planned && daysBetween(visited, planned) > rule.days ? [['', [['day', planned], ['day', visited]]]] : []
  ),
  no_signature: (rule, book, { signatures }) => (signatures ? [] : [['', []]]),
};

// In the order of the rules, and of the standards within each.
export function contradictions(book, facts) {
  return book.contradictions.flatMap((rule) => KINDS[rule.kind](rule, book, facts).map(([standard, restsOn]) => ({ code: rule.code, severity: rule.severity, standard, restsOn })));
}

// What was written on the device and taken along, as it is compared. A worker is called by what `nameOf` says of the interview.
export async function factsOf(visits, visit, nameOf) {
  const { reference } = visit;
  const all = (part) => visits.all(reference, part);
  const samples = all('sample').map(([, one]) => one);
  const findings = visit.sections.flatMap(({ tested }) => tested).map(({ code, critical }) => {
    const { finding = '', evidence = '' } = visits.content(reference, 'finding', code) ?? {};
    return [code, { finding, evidence, critical }];
  });
  return {
    findings: Object.fromEntries(findings),
    signs: all('indicator').filter(([, one]) => one.seen).map(([code]) => code).sort((one, other) => Number(one) - Number(other)),
    interviews: await Promise.all(all('interview').map(async ([key, one]) => ({
      name: await nameOf(key),
      consents: one.consents,
      place: one.drawn_number,
      signs: one.indicators,
      answers: Object.fromEntries(Object.entries(one.answers).map(([code, { said }]) => [code, said])),
    }))),
    exhibits: all('exhibit').map(([, one], at) => ({ name: one.description || String(at + 1), standards: one.standards ?? [], gone: one.removed_because })).filter(({ gone }) => !gone),
    drawn: samples.at(-1)?.drawn ?? [],
    draws: visit.compared.draws,
    visited_on: visits.content(reference, 'visit')?.visited_on ?? '',
    planned_on: visit.compared.planned_on,
    signatures: all('signature').length,
  };
}
