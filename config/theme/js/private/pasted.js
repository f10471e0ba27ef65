// Who is meant by a text that was pasted: the same as public_lookup/lookup/queries/pasted.py, over the copy of the register.
import { CONTACTS, typed } from './clues.js';
import { isAnswer, isSameButForForm } from './index.js';
import { agrees, likelyNames, nearNumbers, readPasted } from './reading.js';
import { hasOtherForm } from './spelling.js';

const LONGEST_NAME = 100;
const FEWEST_WORDS = 2;
const MOST_OFFERED = 5;
// What is its own of one business, so that it is borrowed where the text names another.
const NUMBERS = ['number', 'company_number'];

const found = (entry, why, name, more = {}) => ({ entry, why, name, exact: false, answers: false, ...more });
// Each entry once, where it was found first and by what it was found last.
const byEntry = (all) => new Map(all.map((one) => [one.entry, one]));
const hasName = ({ entry }, all) => all.filter(({ entry: other }) => other === entry);

class Text {
  constructor(text, register) {
    this.text = text;
    this.register = register;
    this.pasted = readPasted(text);
    this.named = register.index.namesWithin(this.pasted.words).map((one) => ({ ...one, entry: register.entries[one.subject] }));
    this.holders = this.#numbered();
    if (!this.holders.length) this.holders = this.#reached();
  }

  // Whether there is a number or a contact in the text, and more than that.
  get saysMore() {
    return !typed(this.text).some(([kind]) => CONTACTS[kind]) && Boolean(this.pasted.numbers.length || this.pasted.contacts.length);
  }

  #numbered() {
    return this.pasted.numbers.map((written) => this.register.numbered(written))
      .flatMap(({ number, entries }) => entries.map((entry) => ({ entry, why: 'number', number })));
  }

  // A contact that is shown no more says nothing.
  #reached() {
    return this.pasted.contacts.flatMap((written) => this.register.index.clued(written)
      .filter(({ kind, shown }) => CONTACTS[kind] && shown)
      .map(({ kind, key, subject }) => ({ entry: this.register.entries[subject], why: CONTACTS[kind], number: key })));
  }

  // Who else is named with a whole name of today.
  get #others() {
    return this.named.filter((one) => !hasName(one, this.holders).length && one.isExact && one.kind !== 'former' && (one.hasForm || one.end - one.start > 1));
  }

  #agrees(holder) {
    const { entry } = holder;
    const theirs = hasName(holder, this.named);
    const otherForm = theirs.filter(({ kind, isExact }) => kind === 'legal' && !isExact).map(({ start }) => start);
    const within = theirs.map(({ start, end, isExact, kind }) => ({ start, end, isOwn: isExact || (kind === 'trading' && !otherForm.includes(start)) }));
    const own = this.#others.length ? [] : [entry.name, ...(entry.trading_names || []), ...(entry.former_names || [])];
    return agrees(this.pasted, own, within);
  }

  get within() {
    return this.#answered() || this.#offered();
  }

  // Whose number it is; and where the text names another, both.
  #answered() {
    const agreeing = this.holders.filter((one) => this.#agrees(one));
    if (agreeing.length === this.holders.length) {
      return agreeing.length ? [...byEntry(agreeing.map(({ entry, why, number }) => found(entry, why, number, { exact: true, answers: true }))).values()] : null;
    }
    if (!this.holders.some(({ why }) => NUMBERS.includes(why)) || agreeing.length || !this.#others.length) return null;
    return [...byEntry([
      ...this.#others.map(({ entry, text }) => found(entry, 'named_beside', text, { answers: true })),
      ...this.holders.map(({ entry, number }) => found(entry, 'number_of_another', number, { answers: true })),
    ]).values()];
  }

  // Who may be meant: first whom the text names and whose number it nearly has, too.
  #offered() {
    const numbers = this.holders.map(({ entry, why, number }) => found(entry, why === 'number' ? 'number_in_text' : why, number));
    const byForm = [...this.named].sort((one, other) => (other.hasForm && other.isExact) - (one.hasForm && one.isExact));
    const named = byForm.map(({ entry, text }) => found(entry, 'in_text', text));
    const near = this.#near();
    const both = [...near, ...numbers].filter((one) => hasName(one, this.named).length);
    const offered = byEntry(both);
    for (const more of [numbers.filter(({ why }) => why === 'number_in_text'), named, numbers, near]) {
      byEntry(more).forEach((one, entry) => offered.has(entry) || offered.set(entry, one));
    }
    return [...offered.values()].slice(0, MOST_OFFERED);
  }

  #near() {
    if (this.holders.some(({ why }) => why === 'number')) return [];
    const numbers = [...new Set(this.pasted.nearly.flatMap(nearNumbers))].sort();
    return numbers.flatMap((number) => (this.register.numbers.get(number) || []).map((entry) => found(entry, 'near_number', number)));
  }

  // What is most like the text; of one with numbers in it, or a whole message, the name that it may have. A part of a text is no answer.
  get mostLike() {
    const { text, pasted } = this;
    const isOne = text.length <= LONGEST_NAME && (pasted.numbers.includes(text.trim()) || !this.saysMore);
    for (const phrase of [isOne ? text : pasted.name, ...likelyNames(pasted)].filter(Boolean)) {
      const hits = this.register.index.find(phrase.slice(0, LONGEST_NAME));
      if (hits.length) return phrase === text ? hits : hits.map((one) => (isAnswer(one.how) ? { ...one, how: 'words' } : one));
    }
    return [];
  }
}

// What stands within the text, and what the index finds for it.
export function matchesOf(text, register) {
  const read = new Text(text, register);
  const { within } = read;
  if (read.saysMore) return within.length ? { within, hits: [] } : { within: [], hits: read.mostLike };
  const hits = read.mostLike;
  const isOfParts = text.trim().split(/\s+/).length > FEWEST_WORDS && !hits.some(({ how }) => isSameButForForm(how));
  return { within: isOfParts ? within.filter(({ name }) => !hasOtherForm(text, name)) : [], hits };
}
