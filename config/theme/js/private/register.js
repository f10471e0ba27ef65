// The signed copy of the register: opened only when its signature holds, asked only while it is fresh.
import { verifyAsync } from '@noble/ed25519';
import { answersTo, sorted } from './answers.js';
import { readCode, readForeign, readNumber } from './clues.js';
import { Index } from './index.js';
import { matchesOf } from './pasted.js';
import { londonDay, standing } from './standing.js';

// Why nothing can be told: the page has a sentence for each.
export class Fault extends Error {}

const CLOCKS_DIFFER = 5 * 60 * 1000;
const AT_ONCE = 2000;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const hexadecimal = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, '0')).join('');

// The bytes that were signed: keys sorted by code point, no spaces (registry/live_codes.py, canonical).
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

async function holds(publicKey, content, signature) {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, content);
  } catch (missing) {
    // Phones from before 2025 do not know Ed25519 themselves.
    return verifyAsync(signature, content, publicKey, { zip215: false });
  }
}

async function isSigned(keys, name, content, signature) {
  if (!globalThis.crypto || !crypto.subtle) throw new Fault('no_signatures');
  const key = keys.find(({ kid, crv }) => kid === name && crv === 'Ed25519');
  try {
    return Boolean(key) && await holds(bytes(key.x), new TextEncoder().encode(content), bytes(signature));
  } catch (malformed) {
    return false;
  }
}

// What the square code of a certificate says in itself, or null when it was not signed by us.
export async function readMark(text, keys) {
  const [, said, number, , , , name, key, signature] = /(?:^|#)((L1\.[A-Z0-9]+)\.(\d{8})\.(\d{8})\.(\d+)\.([\w-]+)\.([0-9a-f]{16}))\.([\w-]{86})$/.exec(text.trim()) || [];
  if (!said || !await isSigned(keys, key, said, signature)) return null;
  return { number: number.slice(3), name: new TextDecoder().decode(bytes(name)) };
}

// Opens the copy: its first line is signed, and names the digests of the rest and of the index.
export async function openRegister(buffer, index, keys) {
  const end = new Uint8Array(buffer).indexOf(10);
  let sealed;
  try {
    sealed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(buffer.slice(0, end)));
  } catch (malformed) {
    throw new Fault('damaged');
  }
  const header = sealed.record;
  if (end < 0 || !header || header.kind !== 'snapshot') throw new Fault('damaged');
  if (!await isSigned(keys, sealed.key, canonical(header), sealed.signature)) throw new Fault('not_signed');
  const body = buffer.slice(end + 1);
  if (hexadecimal(await crypto.subtle.digest('SHA-256', body)) !== header.sha256) throw new Fault('damaged');
  if (hexadecimal(await crypto.subtle.digest('SHA-256', index)) !== header.index) throw new Fault('other_index');
  const register = new Register(header);
  await inParts(body, (line) => register.note(line));
  await inParts(index, (line) => register.noteIndex(line));
  return register;
}

// So that a large register does not freeze the page.
async function inParts(content, note) {
  const lines = new TextDecoder().decode(content).split('\n').filter(Boolean);
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    lines.slice(at, at + AT_ONCE).forEach((line) => note(JSON.parse(line)));
    await new Promise((resolve) => { setTimeout(resolve); });
  }
}

export class Register {
  constructor(header) {
    this.madeAt = new Date(header.made_at);
    this.validUntil = new Date(header.valid_until);
    this.entries = [];
    this.numbers = new Map();
    this.index = null;
  }

  get count() {
    return this.entries.length;
  }

  note(entry) {
    this.entries.push(entry);
    const numbers = [entry.number, entry.code, ...(entry.former_numbers || [])].filter(Boolean);
    numbers.forEach((number) => this.numbers.set(number, [...(this.numbers.get(number) || []), entry]));
  }

  noteIndex(line) {
    if (this.index) this.index.note(line);
    else this.index = new Index(line);
  }

  // Why this copy cannot be asked at this instant; nothing when it can.
  fault(now) {
    if (!(this.validUntil > now)) return 'too_old';
    if (!(now.getTime() > this.madeAt.getTime() - CLOCKS_DIFFER)) return 'clock_behind';
    return '';
  }

  // Who has, or had, this number; and how it stands in the register.
  numbered(text) {
    const number = [readNumber(text), readForeign(text), readCode(text)].find((one) => this.numbers.has(one)) || '';
    return { number, entries: this.numbers.get(number) || [] };
  }

  // The rows of the ordinary page: who has this number or exactly this name, and whose names or places are alike.
  ask(text, now) {
    if (this.fault(now)) throw new Fault(this.fault(now));
    const day = londonDay(now);
    const standingOf = (entry) => standing(entry, day);
    const { entries } = this.numbered(text);
    const rows = entries.length
      ? entries.map((entry) => ({ entry, exact: true, why: 'number', name: entry.number, standing: standingOf(entry) }))
      : answersTo(text, matchesOf(text, this), this.entries, standingOf);
    return { day, rows, ...sorted(rows) };
  }
}
