// What is in a longer text that was pasted: the same as public_lookup/lookup/rules/pasted.py and registry/names/within.py.
// Written without looking behind, which older phones cannot.
import { readCode } from './clues.js';
import { scores } from './likeness.js';
import { rule, skeleton, takenApart, words as wordsOf } from './spelling.js';

const MOST_NUMBERS = 8;
const MOST_CONTACTS = 8;
const MOST_NEAR = 3;
const MOST_OF_A_NAME = 8;
const MOST_WORDS = 90;
const LONGEST_WORD = 60;
const SHORTEST = 5;
const NEARLY_A_WORD = 85;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const afterNoLetter = (before) => !/[\p{L}\p{N}]$/u.test(before);
const anywhere = () => true;
const whole = (text) => ({ pattern: new RegExp(`${text}(?![\\p{L}\\p{N}])`, 'iyu'), mayStand: afterNoLetter });
const ADDRESS = { pattern: /[^\s<>@,;:]+@[^\s<>@,;]+|(?:https?:\/\/|www\.)\S+/iyu, mayStand: anywhere };
const HOST = { pattern: /(?:[\p{L}\p{N}_-]+\.)+[a-z]{3,}(?:\/\S*)?/iyu, mayStand: (before) => /(?:^|[\s(])$/u.test(before) };
const OURS = whole('(?:[A-Z01]{4}[-–. ]?[0-9OIL]{4}|(?:[A-Z01][ .-]){4}(?:[0-9OIL][ .-]){3}[0-9OIL]|APP ?[-–]? ?[0-9OIL]{1,9})');
const CODE = whole('[0-9A-Z]{4}[-–]?[0-9A-Z]{4}');
const NEARLY = whole('(?:(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[0-9A-Z]{7,9}|[A-Z]{3,5}[-–. ][0-9]{3,5})');
const BESIDE_A_WORD = whole('[0-9A-Z][0-9A-Z/-]{2,29}');
const TELEPHONE = { pattern: /\+?\(?[0-9][0-9 ()./-]{7,}[0-9](?![\p{L}\p{N}_])/iyu, mayStand: (before) => !/[\p{L}\p{N}_.]$/u.test(before) };
const COMPANY = whole('(?:[A-Z]{2} ?[0-9]{6}|[0-9]{7,8})');

// Each part that is written in one of the ways, with where it begins.
function partsOf(text, ...ways) {
  const found = [];
  for (let at = 0; at < text.length; at++) {
    for (const { pattern, mayStand } of ways) {
      pattern.lastIndex = at;
      const [part] = (mayStand(text.slice(0, at)) && pattern.exec(text)) || [''];
      if (part) {
        found.push({ part, at });
        at += part.length - 1;
        break;
      }
    }
  }
  return found;
}

const all = (text, ...ways) => partsOf(text, ...ways).map(({ part }) => part);
const without = (text, parts) => parts.reduce((left, part) => left.replaceAll(part, () => ' | '), text);
const unique = (list) => [...new Set(list)];
const hasFigure = (text) => /[0-9]/.test(text);
// A copy that was kept before there were such words knows none.
const beside = () => rule('words_beside') || { number: [], all: [] };
export const isKnown = (word) => beside().all.includes(word);

// --- words ---

const parting = (gap) => {
  const bare = gap.trim();
  return gap.includes('\n') || bare.replace(/^-+|-+$/g, '') !== '' || (bare === '-' && gap !== '-');
};

// The words of a text in their order, with what parts them. No name reaches over a sign or the end of a line.
export function wordsWithin(text) {
  const found = [];
  let end = 0;
  let isClosed = true;
  for (const { 0: token, index } of text.matchAll(/[^\s,;:!?()[\]{}<>"“”«»„|/\\•*_=~–—‑-]+/gu)) {
    const parts = wordsOf(token);
    const isCapital = /^\p{Lu}/u.test(token);
    const begins = (isClosed && (isCapital || !found.length || end === 0)) || parting(text.slice(end, index));
    parts.forEach((word, nth) => {
      if ([...word].length <= LONGEST_WORD) found.push({ word, begins: begins && nth === 0, isCapital });
    });
    end = index + token.length;
    isClosed = !parts.length || /\.["”»']?$/.test(token);
  }
  return found.slice(0, MOST_WORDS);
}

const joined = (within, start, end, by = ' ') => within.slice(start, end).map(({ word }) => word).join(by);

// All words in a row that can be a name.
export function spans(within) {
  const found = [];
  within.forEach((_, start) => {
    for (let end = start + 1; end <= Math.min(start + MOST_OF_A_NAME, within.length); end++) {
      if (end > start + 1 && within[end - 1].begins) break;
      const key = joined(within, start, end, '');
      if ([...key].length >= SHORTEST) found.push({ start, end, key });
    }
  });
  return found;
}

// The name as it is written in the text, with the legal form that follows it; and where that ends.
export function withForm(within, { start, end, key }) {
  for (let last = Math.min(end + rule('longest_form'), within.length); last > end; last--) {
    const longer = joined(within, start, last);
    const parts = takenApart(longer);
    if (parts.says && parts.bare.join('') === key) return [longer, last];
  }
  return [joined(within, start, end), end];
}

const isForm = (word) => Boolean(takenApart(`- ${word}`).form);

// Whether the name neither begins nor ends within a longer one.
function isWhole(within, start, end) {
  const before = start && !within[start].begins ? within[start - 1] : null;
  const after = end < within.length && !within[end].begins && !isForm(within[end - 1].word) ? within[end] : null;
  return [before, after].every((one) => !one || isKnown(one.word));
}

function endOfName(words, start) {
  const end = words.findIndex(({ word, begins, isCapital }, at) => at > start && (begins || !(isCapital || isForm(word))));
  return end < 0 ? words.length : end;
}

// What else in a message may be a name, misspelt or shortened: words in a row with capitals, with a form if any; and an address.
export function likelyNames({ words, contacts }) {
  const rows = words.map((_, start) => words.slice(start, endOfName(words, start)))
    .filter(([{ word, isCapital }, ...more]) => isCapital && more.length && !isKnown(word));
  const likely = rows.find((row) => isForm(row[row.length - 1].word)) || rows[0] || words;
  return [...(likely.length < words.length ? [joined(likely, 0)] : []), ...contacts.slice(0, 1).filter((one) => one.includes('.') && words.length)];
}

// --- numbers ---

function besideWords(text) {
  const { number } = beside();
  return partsOf(text, BESIDE_A_WORD).filter(({ part, at }) => {
    const before = wordsWithin([...text.slice(0, at)].slice(-40).join(''));
    return hasFigure(part) && before.length && number.includes(before[before.length - 1].word);
  }).map(({ part }) => part);
}

// Numbers first: what is left of the text is read as words.
export function readPasted(text) {
  const contacts = all(text, ADDRESS, HOST);
  let left = without(text, contacts);
  const ours = all(left, OURS);
  left = without(left, ours);
  const telephones = all(left, TELEPHONE);
  left = without(left, telephones);
  const coded = all(left, CODE).filter((one) => hasFigure(one) && readCode(one));
  const companies = all(left, COMPANY);
  left = without(left, companies);
  const nearly = all(left, NEARLY).filter((one) => !coded.includes(one));
  left = without(left, [...coded, ...nearly]);
  const within = wordsWithin(left);
  const rest = within.map(({ word }) => word).filter((word) => !isKnown(word) && !/^\p{Nd}/u.test(word));
  return {
    numbers: unique([...ours, ...coded, ...nearly, ...besideWords(left)]).slice(0, MOST_NUMBERS),
    nearly: unique([...ours, ...nearly]).slice(0, MOST_NEAR),
    contacts: unique([...contacts, ...telephones, ...companies]).slice(0, MOST_CONTACTS),
    words: within,
    rest,
    name: rest.length <= MOST_OF_A_NAME ? rest.join(' ') : '',
  };
}

// The licence numbers that would be written so with one sign wrong, missing or too many, two exchanged, or one moved.
export function nearNumbers(written) {
  const typed = [...written.toUpperCase()].filter((one) => LETTERS.includes(one)).join('');
  const [letters, figures] = [typed.replace(/[0-9]/g, ''), typed.replace(/[A-Z]/g, '')];
  const near = new Set([letters + figures]);
  for (let at = 0; at <= typed.length; at++) {
    const [before, after] = [typed.slice(0, at), typed.slice(at)];
    near.add(before + after.slice(1)).add(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2));
    for (const sign of LETTERS) near.add(before + sign + after.slice(1)).add(before + sign + after);
  }
  return [...near].filter((one) => /^[A-Z]{4}[0-9]{4}$/.test(one) && one !== typed).sort();
}

// --- whether the words beside a number are the name of who has it, or nothing at all ---

const isWord = (word, held) => word === held || (word.length > 2 && held.startsWith(word)) || scores([word], [held], skeleton)[0] >= NEARLY_A_WORD;

function isNearly(rest, name) {
  const [asked, held] = [takenApart(rest.join(' ')), takenApart(name)];
  if (!asked.bare.length || (asked.says && (asked.says !== held.says || asked.bare.length !== held.bare.length))) return false;
  return asked.bare.length <= held.bare.length && asked.bare.every((word, at) => isWord(word, held.bare[at]));
}

// `own` are the names of the business, and `within` where they stand in the text and whether with their legal form.
export function agrees(pasted, own, within) {
  if (!pasted.rest.length) return true;
  if (within.length) return within.some(({ start, end, isOwn }) => isOwn && isWhole(pasted.words, start, end));
  return Boolean(pasted.name) && own.some((name) => isNearly(pasted.rest, name));
}
