import { learn } from './news.js';

// The visits of an unlocked copy: what stands of each part, and the queue of what was written since.
const place = (part, of) => `${part} ${of}`;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const partsOf = ({ parts }) => new Map(parts.map((one) => [place(one.part, one.of), one]));
const name = (sequence) => `item ${String(sequence).padStart(9, '0')}`;

// No database keeps these, so that they are not written either.
function kept(thing) {
  if (typeof thing === 'string') return thing.replace(/\u0000/g, '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
  if (Array.isArray(thing)) return thing.map(kept);
  if (thing && typeof thing === 'object') return Object.fromEntries(Object.entries(thing).map(([key, one]) => [key, kept(one)]));
  return thing;
}

export class Visits {
  static async opened(store) {
    const { visits, received, label } = await store.get('visits');
    const items = await store.startingWith('item ');
    return new Visits(store, visits, received, label, items);
  }

  static keepNew(store, visits, received, label) {
    return store.keep({ visits: { visits, received, label } });
  }

  constructor(store, visits, received, label, items) {
    Object.assign(this, { store, visits, items, received, label });
    this.standing = new Map(visits.map((visit) => [visit.reference, partsOf(visit)]));
  }

  // More of them, beside those that are here.
  async add(visits) {
    this.visits.push(...visits);
    visits.forEach((visit) => this.standing.set(visit.reference, partsOf(visit)));
    await Visits.keepNew(this.store, this.visits, this.received, this.label);
  }

  // What is asked of a visit, by its code.
  says({ asked = [] }, code) {
    return asked.find((row) => row.code === code)?.says ?? '';
  }

  // True when something of what the office says is new. What was written here stays as it is.
  async hear(told) {
    const isNew = told.map((one) => [this.visit(one.reference), one]).filter(([visit, one]) => visit && learn(visit, one)).length > 0;
    if (isNew) await Visits.keepNew(this.store, this.visits, this.received, this.label);
    return isNew;
  }

  unread() {
    return this.visits.filter(({ unread }) => unread);
  }

  async read(visit) {
    Object.assign(visit, { unread: false, changes: {} });
    await Visits.keepNew(this.store, this.visits, this.received, this.label);
  }

  visit(reference) {
    return this.visits.find((one) => one.reference === reference);
  }

  // What was written last of this part, else what was taken along.
  content(reference, part, of = '') {
    const written = this.items.findLast((one) => one.visit === reference && one.part === part && one.of === of && one.state !== 'dropped');
    return written ? written.content : this.standing.get(reference).get(place(part, of))?.content;
  }

  // All of one part of a visit, by which it is of.
  all(reference, part) {
    const taken = [...this.standing.get(reference).values()].filter((one) => one.part === part).map((one) => one.of);
    const written = this.items.filter((one) => one.visit === reference && one.part === part && one.state !== 'dropped').map((one) => one.of);
    return [...new Set([...taken, ...written])].map((of) => [of, this.content(reference, part, of)]);
  }

  // Into the queue. What has not left the device yet is replaced; else it is based on what was sent before.
  async write(reference, part, of, written, file, besides = {}) {
    const content = kept(written);
    if (same(content, this.content(reference, part, of))) return;
    const before = this.items.findLast((one) => one.visit === reference && one.part === part && one.of === of);
    const isHere = before && before.state === 'waiting' && !before.attempts;
    const item = isHere ? { ...before, content, hasFile: Boolean(file) } : {
      key: crypto.randomUUID(),
      sequence: this.received + this.items.length + 1,
      visit: reference,
      part,
      of,
      base: before ? before.key : this.standing.get(reference).get(place(part, of))?.revision ?? '',
      content,
      written_at: new Date().toISOString(),
      hasFile: Boolean(file),
      attempts: 0,
      arrived: 0,
      state: 'waiting',
      reasons: [],
      stood: null,
    };
    await this.store.keep({ [name(item.sequence)]: item, ...(file ? { [`file ${item.key}`]: file } : {}), ...besides }, [`draft ${reference} ${place(part, of)}`]);
    if (isHere) Object.assign(before, item);
    else this.items.push(item);
  }

  change(item, changes) {
    Object.assign(item, changes);
    return this.store.keep({ [name(item.sequence)]: item });
  }

  // Opened once while it is sent, however many pieces it has.
  async file(item) {
    if (this.opened?.key !== item.key) this.opened = { key: item.key, bytes: await this.store.bytes(`file ${item.key}`) };
    return this.opened.bytes;
  }

  waiting() {
    return this.items.filter(({ state }) => state === 'waiting' || state === 'sending' || state === 'stuck');
  }

  open() {
    return this.items.filter(({ state }) => state === 'refused' || state === 'conflict');
  }

  // What is half typed, so that a page that is closed loses nothing.
  draft(reference, part, of) {
    return this.store.get(`draft ${reference} ${place(part, of)}`);
  }

  keepDraft(reference, part, of, typed) {
    return this.store.keep({ [`draft ${reference} ${place(part, of)}`]: kept(typed) });
  }
}
