// Who answers, and why: the same as public_lookup/lookup/queries/rows.py and the ordinary page say.
import { bareName, formSaid, hasOtherForm } from './spelling.js';
import { isAnswer, isSameButForForm } from './index.js';

const ROWS = 20;
const BESIDE = 5;
const HINTS = 10;
const CLUES = { company: 'company_number', telephone: 'telephone', email: 'email', website: 'website', vehicle: 'vehicle', postcode: 'postcode', place: 'place' };
const OF_NAMES = { legal: 'name', trading: 'trading_name', former: 'former_name' };
const NEAR = { other_form: 'other_form', with_form: 'beginning', beginning: 'beginning', words: 'words', sounds: 'sounds_like' };
const WORST_FIRST = [
  'revoked', 'suspended', 'expired', 'surrendered', 'refused', 'applied', 'revocation_to_come', 'licensed_with_conditions', 'licensed',
];
const BORNE = ['name', 'trading_name', 'beginning', 'other_form', 'words'];
export const BORROWED = ['named_beside', 'number_of_another'];
const LICENSED = ['licensed', 'licensed_with_conditions', 'revocation_to_come'];
const NEARLY = ['other_form', 'beginning', 'words', 'sounds_like', 'similar'];

const isPlace = ({ why }) => why === 'postcode' || why === 'place';

function rowOf(entry, one) {
  if (!one.shown) {
    return { entry, exact: false, why: one.isClue ? CLUES[one.kind] : 'former_name', name: one.text, isPast: true };
  }
  const kind = one.shown;
  const exact = isAnswer(one.how) && kind !== 'former';
  const why = one.isClue ? CLUES[one.kind] : exact || kind === 'former' ? OF_NAMES[kind] : NEAR[one.how] || 'similar';
  return { entry, exact, why, name: one.text, isPast: false };
}

function settled(rows, text) {
  const hasExact = rows.some(({ exact }) => exact);
  // A trading name has no legal form: what was typed may be that of the business, unless somebody else has the name so.
  const mayBe = ({ entry, name }) => (entry.trading_names || []).includes(name) && !formSaid(name) && !hasExact;
  let judged = rows.map((row) => (
    !row.exact && NEARLY.includes(row.why) && hasOtherForm(text, row.name) ? { ...row, why: mayBe(row) ? 'trading_name_with_form' : 'other_form' } : row
  ));
  const isThisName = ({ why, name }) => BORNE.includes(why) && !formSaid(text) && bareName(name) === bareName(text);
  const forms = new Set();
  judged.filter(isThisName).forEach(({ name, entry }) => {
    if (formSaid(name) || name === entry.name) forms.add(formSaid(name));
  });
  if (forms.size > 1) judged = judged.map((row) => (isThisName(row) ? { ...row, exact: false, why: 'several_forms' } : row));
  const traded = ({ why, name, entry }) => (why !== 'number' && name !== entry.name ? 1 : 0);
  const key = (row) => [traded(row), WORST_FIRST.indexOf(row.standing), row.entry.name, row.entry.number];
  const worstFirst = (a, b) => {
    const [one, two] = [key(a), key(b)];
    const at = one.findIndex((value, place) => value !== two[place]);
    return at < 0 ? 0 : one[at] < two[at] ? -1 : 1;
  };
  const several = judged.filter(({ why }) => why === 'several_forms');
  const later = ({ why, standing }) => (BORROWED.includes(why) && LICENSED.includes(standing) ? 1 : 0);
  const rest = judged.filter(({ exact, why }) => !exact && why !== 'several_forms').sort((a, b) => later(a) - later(b));
  return [...judged.filter(({ exact }) => exact).sort(worstFirst), ...several.sort(worstFirst), ...rest];
}

// The rows of the ordinary page: those who have what was typed, then as many others as it shows.
export function answersTo(text, { within, hits }, entries, standingOf) {
  const byFirst = new Map(within.map((one) => [one.entry, one]));
  const byEntry = new Map();
  hits.map((one) => ({ ...one, entry: entries[one.subject] })).filter(({ entry }) => !byFirst.has(entry))
    .forEach((one) => byEntry.set(one.entry, [...(byEntry.get(one.entry) || []), one]));
  const answers = within.filter((one) => one.answers).length || [...byEntry.values()].filter((all) => all.some(({ how }) => isSameButForForm(how))).length;
  const wanted = [...byFirst, ...byEntry].slice(0, Math.min(ROWS, answers ? answers + BESIDE : HINTS));
  const rows = wanted.map(([entry, all]) => {
    const own = byFirst.has(entry) ? [{ ...all, isPast: false }] : all.map((one) => rowOf(entry, one));
    return { ...(own.find(({ exact }) => exact) || own[0]), standing: standingOf(entry) };
  });
  const judged = settled(rows, text);
  const exact = judged.filter((row) => row.exact || row.why === 'several_forms').length;
  return judged.slice(0, Math.min(ROWS, exact ? exact + BESIDE : HINTS));
}

export function sorted(rows) {
  const several = rows.filter(({ why }) => why === 'several_forms');
  return {
    exact: rows.filter(({ exact }) => exact),
    several,
    borrowed: rows.filter(({ why }) => BORROWED.includes(why)),
    similar: rows.filter((row) => !row.exact && !isPlace(row) && row.why !== 'several_forms' && !BORROWED.includes(row.why)),
    inPlace: rows.filter((row) => !row.exact && isPlace(row)),
  };
}
