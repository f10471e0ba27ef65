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
  let judged = rows.map((row) => (!row.exact && NEARLY.includes(row.why) && hasOtherForm(text, row.name) ? { ...row, why: 'other_form' } : row));
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
  return [...judged.filter(({ exact }) => exact).sort(worstFirst), ...several.sort(worstFirst), ...judged.filter(({ exact, why }) => !exact && why !== 'several_forms')];
}

// The rows of the ordinary page: those who have what was typed, then as many others as it shows.
export function answersTo(text, found, entries, standingOf) {
  const bySubject = new Map();
  found.forEach((one) => bySubject.set(one.subject, [...(bySubject.get(one.subject) || []), one]));
  const answers = [...bySubject.values()].filter((all) => all.some(({ how }) => isSameButForForm(how))).length;
  const wanted = [...bySubject].slice(0, Math.min(ROWS, answers ? answers + BESIDE : HINTS));
  const rows = wanted.map(([subject, all]) => {
    const entry = entries[subject];
    const own = all.map((one) => rowOf(entry, one));
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
    similar: rows.filter((row) => !row.exact && !isPlace(row) && row.why !== 'several_forms'),
    inPlace: rows.filter((row) => !row.exact && isPlace(row)),
  };
}
