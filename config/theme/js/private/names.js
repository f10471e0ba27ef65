// Names as they are compared on the phone. Two names that are equal here are equal to the server too (registry/names.py):
// where this knows less than the server, names are only similar, and nothing that is similar is an answer.

const LATIN = {
  ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'ng', ə: 'a', '&': ' and ', '+': ' and ',
};
const FORMS = [
  'ltd', 'limited', 'cyf', 'cyfyngedig', 'plc', 'ccc', 'llp', 'pac', 'co', 'company', 'cic', 'limited liability partnership',
  'public limited company', 'community interest company', 'cwmni cyfyngedig cyhoeddus', 'partneriaeth atebolrwydd cyfyngedig',
].map((form) => form.split(' '));

function words(name) {
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

export function folded(name) {
  const all = tokens(name).map(latin);
  return { words: all, whole: all.join(''), sounds: all.map(sound) };
}

function wordsApart(word, spoken, other) {
  return other.words.reduce((least, one, at) => {
    if (one === word) return 0;
    const apart = one.startsWith(word) && word.length > 2 ? 0.5 : other.sounds[at] === spoken ? 0.7 : distance(word, one, slips(word.length));
    return Math.min(least, apart > slips(word.length) && apart >= 1 ? 9 : apart);
  }, 9);
}

// How far apart two folded names are, from 0; 9 and more when they are not alike.
export function apart(asked, other) {
  if (!asked.whole || !other.whole) return 9;
  const whole = distance(asked.whole, other.whole, slips(asked.whole.length));
  const byWords = asked.words.reduce((total, word, at) => total + wordsApart(word, asked.sounds[at], other), 0);
  const extra = Math.max(0, other.words.length - asked.words.length) / 10;
  return Math.min(whole > slips(asked.whole.length) ? 9 : whole, byWords + extra);
}
