// Finding: the same as registry/search/candidates.py on the server, over the index that comes with the copy of the register.
import { PLACES, typed as typedClues } from './clues.js';
import { alike, common, scores } from './likeness.js';
import { spans, withForm } from './reading.js';
import { fold, isSame, keysWithForms, readings as readingsOf, skeleton, squash, useRules, wordSound } from './spelling.js';

const LONGEST_WORD = 60;
const MOST = 100;
const MOST_WORDS = 12;
const MOST_JOINED = 6;
const MOST_SEEDS = 40000;
const MOST_IDS = 220000;
const MOST_CANDIDATES = 100;
const MOST_IN_A_PLACE = 50;
const MOST_OTHERS = 24;
const TELLING = 16;
const ENOUGH = 0.4;
const COMMON = 0.002;
const FEW_NAMES = 5000;
const LEAST_SCORE = 55;
const LEAST_BESIDE = 80;
const LEAST_SOUND = 60;
const NEARLY = 0.05;
const WEIGHT_OF_LENGTH = 0.3;
const LENGTHS = [[0, 1], [1, 0.7], [-1, 0.7]];
const ALIKE = 255;
const ROUNDED = 0.99;
const SCORE_OF_A_PLACE = 80;
const SAME_BUT_FOR_FORM = ['number', 'exact', 'other_form', 'with_form'];
const HOLDS_ALL = [...SAME_BUT_FOR_FORM, 'beginning', 'words'];
// Shorter words are names of businesses too, and of much else.
const SHORTEST_ALONE = 8;
const KINDS = ['legal', 'trading', 'former'];
// What names sound like may differ by one letter (registry/search/likeness.py).
const LETTERS = 'abdfghklmnprstv';
const FIGURES = '0123456789';
const MOST_ALIKE = 40;

export const isAnswer = (how) => how === 'number' || how === 'exact';
export const isSameButForForm = (how) => SAME_BUT_FOR_FORM.includes(how);

const round = (value) => Math.round(value * 1e6) / 1e6;
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byAll = (key) => (one, two) => {
  const [a, b] = [key(one), key(two)];
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return compare(a[at], b[at]);
  return 0;
};

export class Index {
  constructor(head) {
    useRules(head.rules);
    this.order = head.order;
    this.of = head.of;
    this.names = [];
    this.clues = new Map();
    this.words = [];
    this.known = new Map();
  }

  note(line) {
    const [kind, ...rest] = line;
    if (kind === 'name') {
      const [subject, of, shown, text, folded, form] = rest;
      this.names.push({ nth: this.names.length, subject, kind: KINDS[of], shown: shown < 0 ? '' : KINDS[shown], text, folded, squashed: folded.replaceAll(' ', ''), form });
    } else if (kind === 'clue') {
      const [of, key, subject, shown] = rest;
      if (!this.clues.has(key)) this.clues.set(key, []);
      this.clues.get(key).push({ kind: of, key, subject, shown: Boolean(shown) });
    } else {
      const [word, sound, frequency, gaps] = rest;
      let last = 0;
      const names = Int32Array.from(gaps, (gap) => { last += gap; return last; });
      const made = { nth: this.words.length, word, sound, frequency, names };
      this.words.push(made);
      this.known.set(word, made);
    }
  }

  // What is most like the text, best first: whose it is, by what it was found, and how.
  find(text) {
    const byClue = this.#byClue(text);
    const isTold = byClue.some(({ how }) => HOLDS_ALL.includes(how));
    const found = [...byClue, ...this.#byName(text, isTold)];
    const place = ({ how }) => (isSameButForForm(how) ? SAME_BUT_FOR_FORM.indexOf(how) : SAME_BUT_FOR_FORM.length);
    return found.sort(byAll((one) => [place(one), -round(one.score), one.kind !== 'legal' ? 1 : 0, one.text, one.kind === 'former' ? 1 : 0, one.kind, this.order[one.subject]])).slice(0, MOST);
  }

  // --- within a longer text ---

  // The names that stand in its words; of names within names only the longest.
  namesWithin(words) {
    if (!this.bySquashed) {
      this.bySquashed = new Map();
      this.names.forEach((name) => this.bySquashed.set(name.squashed, [...(this.bySquashed.get(name.squashed) || []), name]));
    }
    const found = spans(words).filter(({ key }) => this.bySquashed.has(key)).flatMap((span) => {
      const [text, end] = withForm(words, span);
      const hasForm = end > span.end;
      if (!hasForm && span.end - span.start === 1 && span.key.length < SHORTEST_ALONE) return [];
      return this.bySquashed.get(span.key).map((name) => ({ subject: name.subject, text: name.text, kind: name.kind, start: span.start, end, isExact: isSame(text, name.text), hasForm }));
    });
    const isInside = (one, other) => other.start <= one.start && one.end <= other.end && other.end - other.start > one.end - one.start;
    return found.filter((one) => !found.some((other) => isInside(one, other)));
  }

  // Who has, or once had, this number or address.
  clued(text) {
    return typedClues(text).flatMap(([kind, key]) => (this.clues.get(key) || []).filter((row) => row.kind === kind && !PLACES.includes(kind)));
  }

  // --- by a number, an address or a place ---

  #byClue(text) {
    const wanted = typedClues(text);
    const keys = [...new Set(wanted.map(([, key]) => key))].sort();
    const rows = keys.flatMap((key) => this.clues.get(key) || []).slice(0, 4 * MOST);
    const meant = rows.filter((row) => wanted.some(([kind, key]) => kind === row.kind && key === row.key));
    const told = ({ kind, key, subject, shown }, how, score) => ({ subject, text: key, kind, how, score, shown: shown ? kind : '', isClue: true });
    return [
      ...meant.filter(({ kind }) => !PLACES.includes(kind)).map((row) => told(row, 'number', 100)),
      ...meant.filter(({ kind }) => PLACES.includes(kind)).slice(0, MOST_IN_A_PLACE).map((row) => told(row, 'place', SCORE_OF_A_PLACE)),
    ];
  }

  // --- by name ---

  #byName(text, isTold) {
    const readings = readingsOf(text).filter(Boolean);
    if (!readings.length) return [];
    const [folded] = readings;
    const forms = new Set(keysWithForms(text));
    const names = new Map(this.#beginning(folded, forms).map((name) => [name.nth, name]));
    const squashed = folded.replaceAll(' ', '');
    const isKnown = squashed.length >= TELLING && [...names.values()].some((name) => name.squashed === squashed);
    const more = isKnown ? this.#mistakable(folded) : this.#candidates(readings).map((nth) => this.names[nth]);
    more.forEach((name) => names.set(name.nth, name));
    return this.#judged(text, readings, forms, [...names.values()], isTold);
  }

  #beginning(folded, forms) {
    const squashed = folded.replaceAll(' ', '');
    const begun = this.names.filter((name) => name.squashed.startsWith(squashed))
      .sort(byAll((name) => [name.squashed, name.text, name.nth])).slice(0, MOST);
    return forms.size ? [...begun, ...this.names.filter((name) => forms.has(name.squashed))] : begun;
  }

  #judged(text, readings, forms, names, isTold) {
    const [folded] = readings;
    const squashed = folded.replaceAll(' ', '');
    const tokens = folded.split(' ');
    const sounds = new Set(readings.map((one) => skeleton(one).replaceAll(' ', '')));
    const isOther = (name) => (name.squashed !== squashed && !forms.has(name.squashed) ? 1 : 0);
    const written = (name) => {
      if (name.squashed === squashed) return isSame(text, name.text) ? 'exact' : 'other_form';
      if (forms.has(name.squashed)) return 'with_form';
      if (name.squashed.startsWith(squashed)) return 'beginning';
      return tokens.every((token) => ` ${name.folded}`.includes(` ${token}`)) ? 'words' : '';
    };
    const heard = (name, score) => (score > LEAST_SOUND && sounds.has(skeleton(name.folded).replaceAll(' ', '')) ? 'sounds' : 'similar');
    const scored = scores(readings, names.map((name) => name.folded), skeleton);
    const best = names.map((name, at) => ({ name, score: scored[at] }))
      .sort(byAll(({ name, score }) => [isOther(name), -score, name.nth])).slice(0, MOST)
      .map(({ name, score }) => ({ name, score, how: written(name) }));
    const least = isTold || best.some(({ how }) => how) ? LEAST_BESIDE : LEAST_SCORE;
    return best.filter(({ how, score }) => how || score >= least).map(({ name, score, how }) => ({
      subject: name.subject, text: name.text, kind: name.kind, how: how || heard(name, score), score, shown: name.shown, isClue: false,
    }));
  }

  // --- by words: which names hold most of what was typed ---

  #candidates(readings) {
    const groups = this.#groups(readings);
    const weighed = groups.map((group) => ({ group, weight: this.#weight(group) })).sort((a, b) => b.weight - a.weight);
    const likeliest = likeliestFirst(weighed.map(({ group }) => group));
    const seeds = within(MOST_SEEDS, likeliest);
    const held = new Set(within(MOST_IDS, [...seeds, ...likeliest]));
    const ids = new Set();
    seeds.filter((word) => held.has(word)).forEach((word) => word.names.forEach((nth) => ids.add(nth)));
    const enough = ENOUGH * weighed.reduce((sum, { group, weight }) => sum + (group.isExtra ? 0 : weight), 0);
    return heaviest([...ids], weighed, held, enough, this.names.length);
  }

  #groups(readings) {
    const typed = typedGroups(readings);
    const { list, known } = this.#vocabulary(typed, readings[0]);
    for (const group of typed) for (const token of group.typed) mean(group, token, list);
    for (const group of typed) if (!this.#isCommon(group, known)) this.#misspelt(group);
    return [...typed, ...takenApart(typed, known), lengthGroup(readings[0], known)];
  }

  // The words of the register that the typed ones are or begin, or are made of.
  #vocabulary(groups, folded) {
    const tokens = groups.flatMap((group) => group.typed);
    const wanted = new Set([...tokens, ...tokens.flatMap((token) => splits(token).flat()), ...LENGTHS.map(([longer]) => lengthOf(folded, longer))]);
    const begun = groups.filter((group) => !group.isExtra).flatMap((group) => group.typed).filter((token) => token.length > 2);
    const list = this.words.filter(({ word }) => wanted.has(word) || begun.some((token) => word.startsWith(token)));
    return { list, known: new Map(list.map((word) => [word.word, word])) };
  }

  #isCommon(group, known) {
    const word = known.get(group.typed[0]);
    return word !== undefined && word.frequency > Math.max(FEW_NAMES, this.of) * COMMON;
  }

  #weight(group) {
    if (group.isLength) return WEIGHT_OF_LENGTH;
    const best = Math.max(0, ...group.meant.values());
    let likely = 0;
    for (const [word, far] of group.meant) if (far > best - NEARLY) likely += word.frequency;
    return Math.log(1 + this.of / Math.max(1, likely));
  }

  #misspelt(group) {
    for (const token of group.typed) {
      const asked = beginningsOf(token, wordSound(token));
      const sharing = this.words.filter((word) => shares(asked, word));
      for (const [word, far] of others(token, sharing)) add(group, word, far);
    }
  }

  // --- who may be taken for somebody of a name that is on the register ---

  #mistakable(folded) {
    const sound = skeleton(folded).replaceAll(' ', '');
    const near = withinOne(sound);
    const squashed = folded.replaceAll(' ', '');
    const words = folded.split(' ');
    const heads = new Set(words.slice(1).map((_, at) => words.slice(0, at + 1).join('')).filter((head) => head.length >= 8));
    const subjects = new Set();
    const take = (rows) => rows.slice(0, MOST_ALIKE).forEach(({ subject }) => subjects.add(subject));
    const heard = this.names.filter((name) => name.kind !== 'former').map((name) => ({ subject: name.subject, key: `~${this.#sound(name)}`.slice(0, 100) }));
    const once = new Map(heard.filter(({ key }) => near.has(key)).map((one) => [`${one.key} ${one.subject}`, one]));
    take([...once.values()].sort(byAll(({ key, subject }) => [key, this.order[subject]])));
    take(this.names.filter((name) => heads.has(name.squashed)).sort(byAll((name) => [name.squashed, name.nth])));
    if (squashed.length >= 8) {
      take(this.names.filter((name) => name.squashed > squashed && name.squashed.startsWith(squashed)).sort(byAll((name) => [name.squashed, name.nth])));
    }
    return this.names.filter((name) => subjects.has(name.subject));
  }

  #sound(name) {
    if (name.sound === undefined) {
      name.sound = name.folded.split(' ').map((word) => (this.known.get(word) ?? { sound: wordSound(word) }).sound).join('');
    }
    return name.sound;
  }
}

function withinOne(sound) {
  const near = new Set([sound]);
  if (sound.length >= 6 && sound.length <= 40) {
    const letters = [...LETTERS, ...(/[0-9]/.test(sound) ? FIGURES : '')];
    for (let at = 0; at <= sound.length; at++) {
      const [before, after, rest] = [sound.slice(0, at), sound.slice(at), sound.slice(at + 1)];
      near.add(before + rest);
      for (const letter of letters) near.add(before + letter + after).add(before + letter + rest);
    }
  }
  return new Set([...near].map((one) => `~${one}`.slice(0, 100)));
}

const add = (group, word, far) => group.meant.set(word, Math.max(far, group.meant.get(word) ?? 0));
const group = (typed, more = {}) => ({ typed, isExtra: false, isLength: false, meant: new Map(), ...more });

function typedGroups(readings) {
  const tokens = readings.map((reading) => reading.split(' ').map((token) => token.slice(0, LONGEST_WORD)));
  const fitting = tokens.filter((one) => one.length === tokens[0].length);
  const seen = new Map();
  tokens[0].forEach((_, at) => {
    const position = [...new Set(fitting.map((one) => one[at]))];
    seen.set(position.join(' '), position);
  });
  const single = [...seen.values()].slice(0, MOST_WORDS);
  const first = single.slice(0, MOST_JOINED + 1);
  const joined = first.slice(1).map((two, at) => [first[at][0] + two[0]]);
  return [...single.map((one) => group(one)), ...joined.map((one) => group(one, { isExtra: true }))];
}

function splits(word) {
  if (word.length < 6 || word.length > 16) return [];
  return Array.from({ length: word.length - 5 }, (_, at) => [word.slice(0, at + 3), word.slice(at + 3)]);
}

const lengthOf = (folded, longer = 0) => `#${Math.floor(folded.replaceAll(' ', '').length / 2) + longer}`;

function mean(of, token, list) {
  list.filter(({ word }) => word.startsWith(token))
    .sort(byAll(({ word }) => [word.length, word])).slice(0, MOST_OTHERS)
    .forEach((word) => add(of, word, word.word === token ? 1 : 0.7 + (0.25 * token.length) / word.word.length));
}

function takenApart(groups, known) {
  const found = [];
  for (const { typed, isExtra } of groups) {
    if (known.has(typed[0]) || isExtra) continue;
    const halves = splits(typed[0]).filter((pair) => pair.every((half) => known.has(half)));
    const worth = (pair) => Math.min(...pair.map((half) => known.get(half).frequency));
    const best = halves.reduce((kept, pair) => (kept === null || worth(pair) > worth(kept) ? pair : kept), null);
    for (const half of best || []) found.push(group([half], { isExtra: true, meant: new Map([[known.get(half), 1]]) }));
  }
  return found;
}

function lengthGroup(folded, known) {
  const meant = LENGTHS.map(([longer, far]) => [known.get(lengthOf(folded, longer)), far]).filter(([word]) => word);
  return group([], { isExtra: true, isLength: true, meant: new Map(meant) });
}

// --- words that may be misspellings of each other (registry/search/vocabulary.py) ---

const toLeaveOut = (word) => (word.length < 3 ? 0 : word.length < 6 ? 1 : 2);
const bits = (text) => [...text].reduce((all, letter) => all | (1 << (letter.charCodeAt(0) & 31)), 0);
const beginningsOf = (word, sound) => {
  const [start, heard] = [word.slice(0, 7), sound.slice(0, 9)];
  return { start, heard, out: toLeaveOut(word), outOfHeard: heard.length > 3 ? 1 : 0, bits: bits(start), heardBits: bits(heard) };
};

function count(number) {
  let [left, ones] = [number, 0];
  for (; left; ones++) left &= left - 1;
  return ones;
}

// Something is left of both when letters are left out: so much they must have in common.
function meets(a, outOfA, bitsOfA, b, outOfB, bitsOfB) {
  const least = Math.max(a.length - outOfA, b.length - outOfB);
  if (least > a.length || least > b.length || count(bitsOfA & ~bitsOfB) > outOfA || count(bitsOfB & ~bitsOfA) > outOfB) return false;
  return common(a, b) >= least;
}

function shares(asked, word) {
  if (word.word.startsWith('#')) return false;
  word.starts = word.starts || beginningsOf(word.word, word.sound);
  const { starts } = word;
  return meets(asked.start, asked.out, asked.bits, starts.start, starts.out, starts.bits)
    || meets(asked.heard, asked.outOfHeard, asked.heardBits, starts.heard, starts.outOfHeard, starts.heardBits);
}

const SOUND = Math.fround(0.95);

function others(token, words) {
  if (!words.length) return [];
  const heard = wordSound(token);
  const measured = words.map((word) => [word, Math.max(alike(token, word.word), Math.fround(SOUND * alike(heard, word.sound)))]);
  const most = measured.reduce((best, [, far]) => Math.max(best, far), 0);
  const least = Math.max(0.55, most - 0.25);
  return measured.sort(byAll(([word, far]) => [-far, word.word])).slice(0, MOST_OTHERS).filter(([, far]) => far >= least);
}

// --- which names hold most ---

function likeliestFirst(groups) {
  return groups.flatMap(({ meant }, place) => {
    const best = Math.max(...meant.values());
    return [...meant].map(([word, far]) => ({ word, key: [far < best - NEARLY ? 1 : 0, place, -far, word.nth] }));
  }).sort(byAll(({ key }) => key)).map(({ word }) => word);
}

function within(budget, words) {
  const chosen = new Set();
  let left = budget;
  for (const word of words) {
    if (!chosen.has(word) && (word.frequency <= left || !chosen.size)) {
      chosen.add(word);
      left -= word.frequency;
    }
  }
  return [...chosen];
}

// Python rounds halves to even.
function evenly(value) {
  const whole = Math.floor(value);
  if (value - whole !== 0.5) return Math.round(value);
  return whole % 2 ? whole + 1 : whole;
}

function heaviest(ids, weighed, held, enough, size) {
  if (!ids.length) return [];
  const totals = new Float32Array(ids.length);
  const alikes = new Uint8Array(size);
  for (const { group: { meant }, weight } of weighed) {
    const likeliestLast = [...meant].filter(([word]) => held.has(word)).sort(byAll(([word, far]) => [far, word.word]));
    if (!likeliestLast.length) continue;
    for (const [word, far] of likeliestLast) word.names.forEach((nth) => { alikes[nth] = evenly(far * ALIKE); });
    const factor = Math.fround(weight / ALIKE);
    ids.forEach((nth, at) => { totals[at] += Math.fround(factor * alikes[nth]); });
    alikes.fill(0);
  }
  const most = totals.reduce((best, total) => Math.max(best, total), 0);
  const least = Math.fround(Math.max(enough * ROUNDED, most / 2));
  return ids.map((nth, at) => [nth, totals[at]]).filter(([, total]) => total >= least)
    .map(([nth, total]) => [65535 - Math.trunc(Math.fround(Math.fround(total / most) * 65535)), nth])
    .sort(byAll((one) => one)).slice(0, MOST_CANDIDATES).map(([, nth]) => nth);
}

export { fold, squash };
