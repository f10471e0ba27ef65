// Numbers, addresses and places that somebody may have meant (registry/search/identifiers.py, typed).
import { rule, squash } from './spelling.js';

const squeezed = (text) => text.normalize('NFKC').replace(/[\s\-‐‑‒–—−\u200b-\u200f\ufeff]+/g, '').toUpperCase();
const joined = (text) => text.replace(/\s+/g, '').toUpperCase();

function company(text) {
  if (!/\p{Nd}/u.test(text) || [...text].length >= 20) return '';
  const [short, whole] = rule('company');
  let number = squeezed(text);
  const found = new RegExp(`^(?:${short})$`).exec(number);
  if (found) number = found[1] + found[2].padStart(8 - found[1].length, '0');
  return new RegExp(`^(?:${whole})$`).test(number) && /[1-9]/.test(number) ? number : '';
}

function telephone(text) {
  const found = /^(?:tel|telephone|phone|ph|mob|mobile|t|m)?[.:\s]*(\+?[\d\s()./\-‐‑–]{9,})(?:(?:ext|extension|x)[.:\s]*\d{1,5})?$/.exec(text.trim().toLowerCase());
  if (!found) return '';
  let digits = found[1].replaceAll('(0)', '').replace(/\D/g, '');
  if (digits.startsWith('00')) digits = digits.slice(2);
  if (digits.startsWith('44')) digits = digits.slice(2);
  if (digits.startsWith('0')) digits = digits.slice(1);
  return digits.length >= 9 ? digits : '';
}

function host(text) {
  const found = /^(?:https?:\/\/)?(?:[^\s/@]*@)?(?:www\.)?((?:[\p{L}\p{N}][\p{L}\p{N}_-]*\.)+\p{L}[\p{L}\p{N}_-]+)\.?(?:[:/?#]\S*)?$/u.exec(text.trim().toLowerCase());
  return found && !rule('mailboxes').includes(found[1]) ? found[1] : '';
}

function email(text) {
  const address = text.trim().toLowerCase();
  return address.includes('@') && !address.includes(' ') ? address : '';
}

const postcode = (text) => (/^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?$/.test(joined(text)) ? joined(text) : '');

function vehicle(text) {
  if (!/\p{Nd}/u.test(text) || [...text].length >= 20) return '';
  const mark = squeezed(text);
  return /^(?=[A-Z]*[0-9])[A-Z0-9]{2,10}$/.test(mark) ? mark : '';
}

const READERS = { company, telephone, email, website: host, postcode, vehicle, place: squash };

// What in a longer text leads to a business, and why it is then shown.
export const CONTACTS = { company: 'company_number', telephone: 'telephone', email: 'email', website: 'website' };
export const PLACES = ['postcode', 'place'];

export function typed(text) {
  return Object.entries(READERS).map(([kind, read]) => [kind, read(text).slice(0, 100)]).filter(([, key]) => key);
}

// --- our own numbers ---

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// A licence number or the number of an applicant, as registry/codes.py reads them.
export function readNumber(text) {
  const applicant = /^APP-?([0-9]{1,9})$/.exec(joined(text));
  if (applicant) return `APP-${String(Number(applicant[1])).padStart(5, '0')}`;
  const compact = squeezed(text);
  const [head, tail] = [compact.slice(0, 4), compact.slice(4)];
  if (/^\d+$/.test(head) || !/[0-9]/.test(tail)) return '';
  const number = head.replaceAll('0', 'O').replaceAll('1', 'I') + tail.replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[A-Z]{4}[0-9]{4}$/.test(number) ? number : '';
}

// A number of the authority before us, as it is kept.
export function readForeign(text) {
  const number = squeezed(text).replace(/[/.]/g, '');
  return /^(?=.*[0-9])(?!APP)[0-9A-Z]{3,30}$/.test(number) && !/^[A-Z]{4}[0-9]{4}$/.test(number) ? number : '';
}

const doubled = (value) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);

// The short code of a certificate, O read as zero, I and L as one, if its last character checks the rest.
export function readCode(text) {
  const code = squeezed(text).replaceAll('O', '0').replace(/[IL]/g, '1');
  const isCode = code.length === 8 && [...code].every((letter) => ALPHABET.includes(letter));
  return isCode && ![...code].reduce((total, letter) => doubled(total) ^ ALPHABET.indexOf(letter), 0) ? code : '';
}
