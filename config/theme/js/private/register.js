// The signed copy of the register: opened only when its signature holds, asked only while it is fresh.
import { verifyAsync } from '@noble/ed25519';
import { apartFrom, folded, squash } from './names.js';
import { londonDay, standing } from './standing.js';

// Why nothing can be told: the page has a sentence for each.
export class Fault extends Error {}

const CLOCKS_DIFFER = 5 * 60 * 1000;
const AT_ONCE = 2000;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const hexadecimal = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, '0')).join('');

// The bytes that were signed: keys sorted by code point, no spaces (registry/signing.py, canonical).
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

// Opens the copy: its first line is signed and names the digest of the rest.
export async function openRegister(buffer, keys) {
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
  const register = new Register(header);
  const lines = new TextDecoder().decode(body).split('\n').filter(Boolean);
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    lines.slice(at, at + AT_ONCE).forEach((line) => register.note(JSON.parse(line)));
    // So that a large register does not freeze the page.
    await new Promise((resolve) => { setTimeout(resolve); });
  }
  return register;
}

const compact = (text) => (/^[A-Z0-9]+$/.test(text) ? text : squeezed(text));
const squeezed = (text) => text.normalize('NFKC').replace(/[\s\-‐‑‒–—−\u200b-\u200f\ufeff]+/g, '').toUpperCase();
const asCode = (text) => compact(text).replace(/O/g, '0').replace(/[IL]/g, '1');
const asTelephone = (text) => text.replace(/\D/g, '').replace(/^(00)?44/, '').replace(/^0+/, '');

export class Register {
  constructor(header) {
    this.count = 0;
    this.madeAt = new Date(header.made_at);
    this.validUntil = new Date(header.valid_until);
    this.numbers = new Map();
    this.names = new Map();
    this.words = new Map();
    this.all = [];
  }

  note(entry) {
    this.count += 1;
    const numbers = [entry.number, entry.code, entry.company_number, ...(entry.former_numbers || [])].filter(Boolean).map(compact);
    if (entry.telephone) numbers.push(`tel:${asTelephone(entry.telephone)}`);
    new Set(numbers).forEach((number) => put(this.numbers, number, entry));
    new Set([entry.name, ...(entry.trading_names || [])].map(squash)).forEach((name) => put(this.names, name, entry));
    [entry.name, ...(entry.trading_names || []), ...(entry.former_names || [])].forEach((name) => this.all.push([folded(name, this.words), entry]));
  }

  // Why this copy cannot be asked at this instant; nothing when it can.
  fault(now) {
    if (!(this.validUntil > now)) return 'too_old';
    if (!(now.getTime() > this.madeAt.getTime() - CLOCKS_DIFFER)) return 'clock_behind';
    return '';
  }

  // Who has this number or exactly this name; and, only when nobody has, whose names are alike.
  ask(text, now) {
    if (this.fault(now)) throw new Fault(this.fault(now));
    const day = londonDay(now);
    const exact = this.#exact(text);
    const similar = this.#similar(text).filter((entry) => !exact.includes(entry)).slice(0, exact.length ? 5 : 20);
    const told = (entry) => ({ entry, standing: standing(entry, day) });
    return { day, exact: exact.map(told), similar: similar.map(told) };
  }

  #exact(text) {
    const telephone = asTelephone(text);
    const numbers = [compact(text), asCode(text), /^[\d\s+()-]{9,}$/.test(text.trim()) ? `tel:${telephone}` : ''];
    const byNumber = numbers.flatMap((number) => this.numbers.get(number) || []);
    return [...new Set([...byNumber, ...(this.names.get(squash(text)) || [])])];
  }

  #similar(text) {
    const apart = apartFrom(folded(text), this.words);
    const found = new Map();
    for (const [name, entry] of this.all) {
      const far = apart(name);
      if (far < 3 && far < (found.get(entry) ?? 9)) found.set(entry, far);
    }
    return [...found].sort(([, a], [, b]) => a - b).map(([entry]) => entry);
  }
}

function put(map, key, entry) {
  if (!key) return;
  map.set(key, [...(map.get(key) || []), entry]);
}
