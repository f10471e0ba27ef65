// Asks the private look-up of a folder, as it is built, the questions on standard input: one JSON text a line, one answer a line.
// node tests/benchmarks/private_look_up.mjs FOLDER NOW
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

globalThis.document = { getElementById: () => null };
const [folder, now] = process.argv.slice(2);
const { Register } = await import(pathToFileURL(new URL('../../config/static/vendor/private.js', import.meta.url).pathname));
const lines = (name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const [sealed, ...entries] = lines('register.ndjson');
const register = new Register(sealed.record);
entries.forEach((entry) => register.note(entry));
lines('index.ndjson').forEach((line) => register.noteIndex(line));
for await (const line of createInterface({ input: process.stdin })) {
  const begun = performance.now();
  const { rows } = register.ask(JSON.parse(line), new Date(now));
  const told = rows.map(({ entry, exact, why, name, standing }) => [entry.number, exact, why, name, standing]);
  process.stdout.write(`${JSON.stringify([told, performance.now() - begun])}\n`);
}
