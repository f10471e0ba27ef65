// Names as they are compared: the same as registry/names on the server, by the tables that come with the index.

let rules = null;
let made = {};

// The tables are those of the server, so that both compare alike.
export function useRules(given) {
  rules = given;
  made = {
    accents: new RegExp(`[${given.accents}]`, 'g'),
    greekPairs: new RegExp(Object.keys(given.greek_pairs).join('|'), 'g'),
    apostrophes: new Set(given.apostrophes),
    // Behind or before a letter: written without looking behind, which older phones cannot.
    sounds: given.sounds.map(([pattern, sound]) => {
      const behind = /^\(\?<=(\[.*?\])\)(.)$/.exec(pattern);
      return behind ? { behind: new RegExp(behind[1]), letter: behind[2], sound } : { pattern: new RegExp(pattern, 'g'), sound: sound.replace('\\1', '$1') };
    }),
    skeletons: new Map(),
    taken: new Map(),
  };
}

export const rule = (name) => rules[name];

const mapped = (text, tables) => {
  let out = '';
  for (const letter of text) {
    const table = tables.find((one) => Object.hasOwn(one, letter));
    out += table ? table[letter] : letter;
  }
  return out;
};
const bare = (text) => [...text].filter((letter) => !made.apostrophes.has(letter)).join('');
const beforeMarks = (text) => bare(mapped(text, [rules.letters]));
const casefold = (text) => text.toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ').replace(/ŉ/g, 'ʼn');

const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
// "A.B.C." is one word.
function withoutDots(text) {
  const letters = [...text];
  return letters.filter((letter, at) => !(
    letter === '.' && isWord(letters[at - 1]) && !isWord(letters[at - 2]) && isWord(letters[at + 1]) && !isWord(letters[at + 2])
  )).join('');
}

// --- Devanagari ---

const VOWEL = /[aeiouə]/;
const SPOKEN = /[bcdfgjklmnpqrstvxyz]/;

function indicLetters(word) {
  const { consonants, dotted, vowels, signs, others } = rules.indic;
  const letters = [...word];
  let out = '';
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at];
    if (!Object.hasOwn(consonants, letter)) {
      out += vowels[letter] ?? others[letter] ?? letter;
      continue;
    }
    let consonant = consonants[letter];
    if (letters[at + 1] === '\u093c') {
      consonant = dotted[letter + '\u093c'] ?? consonant;
      at += 1;
    }
    const next = letters[at + 1];
    if (next === '\u094d') {
      out += consonant;
      at += 1;
    } else if (next !== undefined && Object.hasOwn(signs, next)) {
      out += consonant + signs[next];
      at += 1;
    } else out += `${consonant}ə`;
  }
  return out;
}

function withoutSilent(text) {
  let word = text;
  const before = (at) => (at >= 0 ? word[at] : '');
  if (word.endsWith('ə')) {
    const end = word.length - 1;
    const isNoVowel = (at) => at >= 0 && !/[aeiouə]/.test(word[at]);
    const isLetter = (at) => at >= 0 && /[a-zə]/.test(word[at]);
    if ((isNoVowel(end - 1) && isLetter(end - 2)) || (before(end - 1) === 'h' && isNoVowel(end - 2) && isLetter(end - 3))) word = word.slice(0, -1);
  }
  const whole = word;
  return whole.replace(/ə/g, (silent, at) => {
    const rest = whole.slice(at + 1);
    const follows = /^[bcdfgjklmnpqrstvxyz]h?[aeiou]/.test(rest);
    return SPOKEN.test(whole[at - 1] ?? '') && VOWEL.test(whole[at - 2] ?? '') && follows ? '' : silent;
  }).replace(/ə/g, 'a');
}

const indicWord = (word) => withoutSilent(indicLetters(word));

// --- words ---

function decomposed(name) {
  let text = beforeMarks(casefold(name.normalize('NFC')));
  text = casefold(text.normalize('NFKD')).normalize('NFKD');
  text = beforeMarks(text).replace(made.accents, '');
  text = text.replace(/[\u0900-\u097f]+/g, indicWord);
  text = text.replace(made.greekPairs, (pair) => rules.greek_pairs[pair]);
  return mapped(text, [rules.greek, rules.latin, { '&': ' and ', '+': ' and ' }]);
}

const plain = (text) => text.replace(/\p{Cf}/gu, '').replace(/[^\p{L}\p{N}\p{M}]/gu, ' ').split(' ').filter(Boolean);

export function words(name) {
  if (/^[\x00-\x7f]*$/.test(name)) {
    return withoutDots(name.toLowerCase().replace(/['`]/g, '').replace(/[&+]/g, ' and ')).split(/[^a-z0-9]+/).filter(Boolean);
  }
  return plain(withoutDots(decomposed(name)));
}

// --- legal forms ---

const formOf = (text) => (Object.hasOwn(rules.forms, text) ? rules.forms[text] : null);

function atEnd(left) {
  for (let count = Math.min(left.length, rules.longest_form); count > 0; count--) {
    const form = formOf(left.slice(-count).join(''));
    if (form) return [count, form];
  }
  return rules.disregarded.includes(left[left.length - 1]) ? [1, null] : null;
}

function ofKept(left) {
  const end = atEnd(left);
  if (end && end[1] && end[0] < left.length) {
    const rest = left.slice(0, -end[0]);
    return { from: 0, to: rest.length, key: [...rest, ...end[1][1].split(' ')], says: end[1][0] };
  }
  for (let count = Math.min(left.length - 1, rules.longest_form); count > 0; count--) {
    const form = formOf(left.slice(0, count).join(''));
    if (form && form[3]) return { from: count, to: left.length, key: [...form[1].split(' '), ...left.slice(count)], says: form[0] };
  }
  return { from: 0, to: left.length, key: left, says: '' };
}

function takeApart(name) {
  const all = words(name);
  let left = all;
  let form = '';
  while (left.length) {
    const found = atEnd(left);
    if (!found || (found[1] && found[1][2])) break;
    form = form || (found[1] ? found[1][0] : '');
    left = left.slice(0, -found[0]);
    if (left[left.length - 1] === 'and') left = left.slice(0, -1);
  }
  if (!left.length) return { key: all, form: '', says: '', bare: all, from: 0, to: all.length };
  const { from, to, key, says } = ofKept(left);
  return { key, form, says: form || says, bare: left.slice(from, to), from, to };
}

export function takenApart(name) {
  if (!made.taken.has(name)) {
    if (made.taken.size > 5000) made.taken.clear();
    made.taken.set(name, takeApart(name));
  }
  return made.taken.get(name);
}

export const fold = (name) => takenApart(name).key.join(' ');
export const squash = (name) => takenApart(name).key.join('');

// Whether the two differ only by the legal form, and one was typed.
export function hasOtherForm(typed, name) {
  const [asked, held] = [takenApart(typed), takenApart(name)];
  return Boolean(asked.says) && asked.says !== held.says && asked.bare.join('') === held.bare.join('');
}

export const bareName = (name) => takenApart(name).bare.join('');
export const formSaid = (name) => takenApart(name).says;

export function keysWithForms(name) {
  const { key, says } = takenApart(name);
  if (says || !key.length) return [];
  const squashed = key.join('');
  const forms = Object.values(rules.forms);
  const after = forms.filter((form) => form[2]).map((form) => squashed + form[1].replaceAll(' ', ''));
  const before = forms.filter((form) => form[3]).map((form) => form[1].replaceAll(' ', '') + squashed);
  return [...new Set([...after, ...before])];
}

// The words in their own letters; none for a name in Latin letters only.
function ownWords(name) {
  const text = bare(casefold(name.normalize('NFKC'))).replace(/[&+]/g, ' and ');
  const own = plain(text);
  return /(?!\p{Script=Latin})\p{L}/u.test(own.join('')) ? own : [];
}

function ownLetters(own, name) {
  const { from, to } = takenApart(name);
  return (own.length === words(name).length ? own.slice(from, to) : own).join('');
}

// The same as registry.names.is_same: a legal form that was typed must be that of the name.
export function isSame(typed, name) {
  const [asked, held] = [takenApart(typed), takenApart(name)];
  if (asked.key.join('') !== held.key.join('') || (asked.form && asked.form !== held.form)) return false;
  const [own, other] = [ownWords(typed), ownWords(name)];
  return !own.length || !other.length || ownLetters(own, typed) === ownLetters(other, name);
}

export function readings(name) {
  const texts = [name];
  if (/[\u0400-\u04ff\u0600-\u06ff]/.test(name)) {
    const plainly = casefold(name.normalize('NFC'));
    for (const letters of rules.other_readings) {
      texts.push(Object.entries(letters).reduce((text, [letter, reading]) => text.replaceAll(letter, reading), plainly));
    }
  }
  return [...new Set(texts.map(fold))];
}

// --- sounds ---

function soundOf(word) {
  let text = word;
  for (const { pattern, behind, letter, sound } of made.sounds) {
    const whole = text;
    text = pattern ? whole.replace(pattern, sound)
      : [...whole].map((one, at) => (one === letter && at > 0 && behind.test(whole[at - 1]) ? sound : one)).join('');
  }
  return text;
}

export function wordSound(word) {
  if (!made.skeletons.has(word)) made.skeletons.set(word, soundOf(word));
  return made.skeletons.get(word);
}

export const skeleton = (folded) => folded.split(' ').filter(Boolean).map(wordSound).join(' ');
