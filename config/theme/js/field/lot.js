// The lot among workers, and what a worker is called: each the same as on the server (compliance/rules, compliance/interviews/models.py).
import { sha256 } from '../shared/crypto.js';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const howMany = ({ percent, least }, workers) => Math.min(workers, Math.max(least, Math.ceil((workers * percent) / 100)));

export async function draw(sample, drawing, workers) {
  const places = Array.from({ length: workers }, (_, at) => at + 1);
  const ranks = await Promise.all(places.map((place) => sha256(`${sample.seed}/${drawing}:${place}`)));
  places.sort((one, other) => (ranks[one - 1] < ranks[other - 1] ? -1 : 1));
  return places.slice(0, howMany(sample, workers));
}

export async function anonymous(key) {
  const digest = await sha256(key);
  return `W-${[0, 2, 4, 6, 8].map((at) => ALPHABET[parseInt(digest.slice(at, at + 2), 16) % ALPHABET.length]).join('')}`;
}
