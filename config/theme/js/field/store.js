// What lies on the device: in the open only how it is sealed and whose it is; everything else under the passphrase.
import { ROUNDS, deviceKey, done, keyFrom, open, openBytes, random, seal, sealBytes } from '../shared/crypto.js';
import { waitAfter } from './passphrase.js';

const NAME = 'field-visits';
// So many wrong tries in a row take everything away; more where something is here that was never sent.
const MOST_FAILURES = 10;
const MOST_WITH_UNSENT = 20;
const most = (copy) => (copy.unsent ? MOST_WITH_UNSENT : MOST_FAILURES);

const ended = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(transaction.error);
});

export class Store {
  static async opened() {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => ['open', 'sealed'].forEach((name) => asked.result.createObjectStore(name));
    return new Store(await done(asked));
  }

  constructor(database) {
    this.database = database;
    this.key = null;
  }

  _rows(mode, name) {
    return this.database.transaction(name, mode).objectStore(name);
  }

  said(name) {
    return done(this._rows('readonly', 'open').get(name));
  }

  say(name, value) {
    return done(this._rows('readwrite', 'open').put(value, name));
  }

  // What there is on this device; undefined for nothing.
  copy() {
    return this.said('copy');
  }

  async begin(passphrase, facts) {
    await this.wipe();
    const salt = random(16);
    this.key = await keyFrom(passphrase, salt);
    await this.say('copy', { salt, rounds: ROUNDS, failures: 0, unsent: 0, check: await seal(this.key, 'right'), ...facts });
  }

  // What is noted of a copy, as long as there is one: what was under way when it was taken away must not bring it back.
  async _note(facts) {
    const rows = this._rows('readwrite', 'open');
    const copy = await done(rows.get('copy'));
    if (copy) await done(rows.put({ ...copy, ...facts(copy) }, 'copy'));
    return Boolean(copy);
  }

  // True when the passphrase is right. The last wrong one in a row takes everything away.
  async unlock(passphrase) {
    const copy = await this.copy();
    const key = await keyFrom(passphrase, copy.salt, copy.rounds);
    // Counted before it is tried: who turns the device off in between has tried too.
    await this._note(({ failures }) => ({ failures: failures + 1, triedAt: Date.now() }));
    try {
      await open(key, copy.check);
    } catch (wrong) {
      if ((await this.triesLeft()) <= 0) await this.wipe();
      return false;
    }
    if (!(await this._note(() => ({ failures: 0 })))) return false;
    this.key = key;
    return true;
  }

  async triesLeft() {
    const copy = await this.copy();
    return copy ? most(copy) - copy.failures : 0;
  }

  // Minutes until the next try. A clock that was set back does not shorten it, nor lock anyone out for longer.
  async minutesToWait() {
    const copy = await this.copy();
    const wait = copy ? waitAfter(copy.failures) : 0;
    if (!wait) return 0;
    const now = Date.now();
    if (now < copy.triedAt) await this._note(() => ({ triedAt: now }));
    return Math.ceil(Math.max(0, Math.min(now, copy.triedAt) + wait - now) / 60000);
  }

  // How much was written and not sent: a number alone, which is known while the copy is locked.
  async noteUnsent(number) {
    const copy = await this.copy();
    if (copy && copy.unsent !== number) await this._note(() => ({ unsent: number }));
  }

  lock() {
    this.key = null;
  }

  // Alarms leave the device while the copy is locked too, and outlast it. So they are sealed under a key of the device: no script can
  // read that key out, and it opens nothing else.
  async _alarmKey() {
    const kept = await this.said('alarm key');
    if (!kept) await this.say('alarm key', await deviceKey());
    return kept || this.said('alarm key');
  }

  async presses(name) {
    const kept = await this.said(name);
    return kept ? open(await this._alarmKey(), kept) : [];
  }

  async keepPresses(name, presses) {
    return this.say(name, await seal(await this._alarmKey(), presses));
  }

  // Several things at once, or none of them: sealed first, as a transaction waits for nothing else.
  async keep(things, gone = []) {
    const sealed = await Promise.all(Object.entries(things).map(async ([name, thing]) => [
      name, thing instanceof ArrayBuffer ? await sealBytes(this.key, thing) : await seal(this.key, thing),
    ]));
    const transaction = this.database.transaction('sealed', 'readwrite', { durability: 'strict' });
    const rows = transaction.objectStore('sealed');
    sealed.forEach(([name, one]) => rows.put(one, name));
    gone.forEach((name) => rows.delete(name));
    return ended(transaction);
  }

  async get(name) {
    const kept = await done(this._rows('readonly', 'sealed').get(name));
    return kept && open(this.key, kept);
  }

  async bytes(name) {
    const kept = await done(this._rows('readonly', 'sealed').get(name));
    return kept && openBytes(this.key, kept);
  }

  async startingWith(prefix) {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const kept = await done(this._rows('readonly', 'sealed').getAll(range));
    return Promise.all(kept.map((one) => open(this.key, one)));
  }

  // Only what this device is called stays, so that it is known again.
  async wipe() {
    this.key = null;
    const transaction = this.database.transaction(['open', 'sealed'], 'readwrite', { durability: 'strict' });
    transaction.objectStore('sealed').clear();
    transaction.objectStore('open').delete('copy');
    await ended(transaction);
  }
}
