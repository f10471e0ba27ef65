// Passphrases that others would try first, and how long a person who types wrong ones has to wait.
const FREE_TRIES = 4;
const LONGEST_WAIT = 60;
const MINUTE = 60000;
const FEWEST_CHARACTERS = 6;
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];
const LOOKS_LIKE = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', '@': 'a', $: 's', '!': 'i' };

const letters = (text) => text.replace(/[^\p{L}]/gu, '');
const undisguised = (text) => text.replace(/[0134578@$!]/g, (one) => LOOKS_LIKE[one]);
const trimmed = (text) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
const unit = (text) => text.match(/^(.+?)\1+$/)?.[1] ?? text;

// `common` is a set of passphrases in small letters, `own` what everyone knows of this copy: who it is of, and which firms.
export function isGuessable(passphrase, common, own = []) {
  const typed = passphrase.normalize('NFKC').toLowerCase();
  const bare = [typed, letters(typed), letters(undisguised(trimmed(typed)))];
  const known = own.map((one) => letters(one.normalize('NFKC').toLowerCase()));
  return new Set(typed).size < FEWEST_CHARACTERS || bare.some((one) => {
    const part = unit(one);
    return !part || common.has(part) || known.includes(part) || RUNS.some((run) => run.includes(part));
  });
}

// Milliseconds after so many wrong tries: none at first, then a minute, two, four, up to an hour.
export const waitAfter = (failures) => (failures < FREE_TRIES ? 0 : Math.min(2 ** (failures - FREE_TRIES), LONGEST_WAIT) * MINUTE);
