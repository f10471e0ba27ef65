// Names as they are compared on the phone. Two names that are equal here are equal to the server too (registry/names.py):
// where this knows less than the server, names are only similar, and nothing that is similar is an answer.

const LATIN = {
  ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'ng', ə: 'a', '&': ' and ', '+': ' and ',
};
const FORMS = [
  'ltd', 'limited', 'cyf', 'cyfyngedig', 'plc', 'ccc', 'llp', 'pac', 'co', 'company', 'cic', 'limited liability partnership',
  'public limited company', 'community interest company', 'cwmni cyfyngedig cyhoeddus', 'partneriaeth atebolrwydd cyfyngedig',
].map((form) => form.split(' '));

const LAST = new Set(FORMS.map((form) => form[form.length - 1]));

function words(name) {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase().replace(/['`]/g, '').replace(/[&+]/g, ' and ').split(/[^a-z0-9]+/).filter(Boolean);
  const bare = name.normalize('NFC').toLowerCase().replace(/['’‘ʼʻʹ`´＇]/g, '')
    .normalize('NFKD').toLowerCase().replace(/['’‘ʼʻʹ`´＇]/g, '')
    // Only from Latin letters: in other scripts a mark makes another letter.
    .replace(/([a-złøđðþæœıħŧŋə])[\u0300-\u036f]+/g, '$1')
    .replace(/[łøđðþæœıħŧŋə&+]/g, (letter) => LATIN[letter]);
  return bare.replace(/\p{Cf}/gu, '').replace(/[^\p{L}\p{N}\p{M}]/gu, ' ').split(' ').filter(Boolean);
}

function withoutForm(all) {
  let kept = all;
  for (;;) {
    if (!LAST.has(kept[kept.length - 1])) return kept.length ? kept : all;
    const fits = FORMS.filter((form) => kept.length >= form.length && form.every((word, at) => kept[kept.length - form.length + at] === word));
    const longest = Math.max(0, ...fits.map((form) => form.length));
    if (!longest) return kept.length ? kept : all;
    kept = kept.slice(0, kept.length - longest);
    if (kept[kept.length - 1] === 'and') kept = kept.slice(0, -1);
  }
}

export const tokens = (name) => withoutForm(words(name));
export const squash = (name) => tokens(name).join('');

// --- only for names that are alike: never for an answer ---

const CYRILLIC = Object.fromEntries([
  ...[...'абвгґѓдезиіїјкќлмнопрстуўфыэәғқңөүұҳһӣӯ'].map((letter, at) => [letter.normalize('NFKD'), [...'abvgggdeziiijkklmnoprstuufyeagqnouuhhiu'][at]]),
  ['ж', 'zh'], ['й', 'y'], ['ц', 'ts'], ['ч', 'ch'], ['ш', 'sh'], ['щ', 'shch'], ['ъ', 'a'], ['ь', ''], ['ю', 'yu'], ['я', 'ya'], ['ё', 'e'], ['х', 'kh'], ['є', 'ye'],
].map(([letter, latin]) => [letter.normalize('NFKD'), latin]));
const SOUNDS = [
  [/szcz|shch|sch|sz|sh|rz|zh/g, 's'], [/ph/g, 'f'], [/kh/g, 'h'], [/qu/g, 'kv'], [/ck|cz|ch|q|c/g, 'k'], [/z/g, 's'], [/x/g, 'ks'],
  [/w/g, 'v'], [/[aeiouyj]+/g, 'a'], [/([^a\d])h/g, '$1'], [/(\D)\1+/g, '$1'],
];

const latin = (word) => word.replace(/[\u0400-\u04ff][\u0300-\u036f]?/g, (letter) => CYRILLIC[letter] ?? CYRILLIC[letter[0]] ?? letter);
const sound = (word) => SOUNDS.reduce((text, [pattern, into]) => text.replace(pattern, into), word);

// How many letters must be changed, added, left out or exchanged; `most` + 1 as soon as it is more than that.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [older, old] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}

const slips = (length) => (length > 7 ? 2 : length > 3 ? 1 : 0);

// Which letters a word has, one bit for each: one slip changes two of them at most, so most words need no closer look.
const letters = (word) => [...word].reduce((bits, letter) => bits | (1 << (letter.codePointAt(0) & 31)), 0);

function bitsIn(number) {
  let left = number;
  let count = 0;
  for (; left; count++) left &= left - 1;
  return count;
}

const within = (a, b, most) => (bitsIn(a.letters ^ b.letters) > 2 * most ? most + 1 : distance(a.text, b.text, most));

export function word(text) {
  return { text, sound: sound(text), letters: letters(text) };
}

// The words of a name for finding what is alike; `known` keeps each word once, as names share them.
export function folded(name, known = new Map()) {
  const all = tokens(name).map((one) => {
    const text = latin(one);
    if (!known.has(text)) known.set(text, word(text));
    return known.get(text);
  });
  return { words: all, whole: word(all.map(({ text }) => text).join('')) };
}

function wordsApart(asked, other) {
  if (asked.text === other.text) return 0;
  if (asked.text.length > 2 && other.text.startsWith(asked.text)) return 0.5;
  if (asked.sound === other.sound) return 0.7;
  const most = slips(asked.text.length);
  const far = within(asked, other, most);
  return far > most ? 9 : far;
}

// How far each known word is from each that was asked for, as far as they are alike: names share words, so there are few.
function near(asked, known) {
  return asked.words.map((one) => {
    const found = new Map();
    for (const other of known.values()) {
      const far = wordsApart(one, other);
      if (far < 9) found.set(other, far);
    }
    return found;
  });
}

// Answers how far apart a folded name is from what was asked, from 0; 9 and more when they are not alike.
export function apartFrom(asked, known) {
  const nearest = near(asked, known);
  const most = slips(asked.whole.text.length);
  return (other) => {
    if (!asked.whole.text || !other.whole.text) return 9;
    let byWords = Math.max(0, other.words.length - asked.words.length) / 10;
    for (const found of nearest) byWords += other.words.reduce((least, one) => Math.min(least, found.get(one) ?? 9), 9);
    if (byWords <= 0) return byWords;
    const whole = within(asked.whole, other.whole, most);
    return Math.min(byWords, whole > most ? 9 : whole);
  };
}
