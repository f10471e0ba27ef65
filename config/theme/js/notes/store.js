// What was written here lies sealed on the device, under a key of the device that no script can read out; a draft under a PIN too.
import { ROUNDS, deviceKey, done, keyFrom, open, openBytes, random, seal, sealBytes } from '../shared/crypto.js';

const NAME = 'notes';
export const MOST_TRIES = 10;
let opening = null;
let isForgotten = false;

async function database() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('things');
  const opened = await done(asked);
  // Another page that takes everything away is not kept waiting.
  opened.onversionchange = () => opened.close();
  return opened;
}

async function rows(mode) {
  opening ||= database();
  const opened = await opening;
  // What was under way when everything was taken away waits for ever: it must not bring anything back.
  if (isForgotten) await new Promise(() => {});
  return opened.transaction('things', mode, { durability: 'strict' }).objectStore('things');
}

const read = async (name) => done((await rows('readonly')).get(name));
const write = async (name, thing) => done((await rows('readwrite')).put(thing, name));

async function ownKey() {
  const kept = await read('key');
  if (!kept) await write('key', await deviceKey());
  return kept || read('key');
}

export async function put(name, thing, pin = null) {
  const key = await ownKey();
  if (!pin) return write(name, { outer: await seal(key, thing) });
  const { iv, sealed } = await seal(pin, thing);
  return write(name, { iv, outer: await sealBytes(key, sealed) });
}

export async function get(name, pin = null) {
  const kept = await read(name);
  if (!kept) return null;
  const key = await ownKey();
  return kept.iv ? open(pin, { iv: kept.iv, sealed: await openBytes(key, kept.outer) }) : open(key, kept.outer);
}

export const lock = () => read('lock');

// From now on the draft opens with this PIN alone.
export async function setPin(typed) {
  const salt = random(16);
  const pin = await keyFrom(typed, salt);
  await put('check', 'right', pin);
  await write('lock', { salt, rounds: ROUNDS, failures: 0 });
  return pin;
}

// The key that the PIN gives; null where it is wrong; the last wrong one in a row takes everything away, by `wipe`.
export async function unlock(typed, wipe) {
  const kept = await lock();
  const pin = await keyFrom(typed, kept.salt, kept.rounds);
  // Counted before it is tried: who turns the phone off in between has tried too.
  await write('lock', { ...kept, failures: kept.failures + 1 });
  try {
    await get('check', pin);
  } catch (wrong) {
    if (kept.failures + 1 >= MOST_TRIES) await wipe();
    return null;
  }
  await write('lock', { ...kept, failures: 0 });
  return pin;
}

// Emptied first: a page that hangs may hold on to the database, but not to what was in it.
export async function forget() {
  const things = await rows('readwrite');
  isForgotten = true;
  await done(things.clear());
  (await opening).close();
  const asked = indexedDB.deleteDatabase(NAME);
  await Promise.race([done(asked), new Promise((resolve) => { asked.onblocked = resolve; })]);
}
