// Builds the look into config/static/vendor/: `npm ci && npm run build`.
// The result is committed with a manifest, so that nobody else needs Node.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import rtlcss from 'rtlcss';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'vendor');
const modules = join(here, 'node_modules');

// Each subset with the package that has it.
const FONT_SUBSETS = Object.entries({
  'noto-sans': ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext', 'devanagari'],
  'noto-sans-arabic': ['arabic'],
}).flatMap(([font, subsets]) => subsets.map((subset) => [font, subset]));
const PACKAGES = ['govuk-frontend', '@ministryofjustice/frontend', '@fontsource/noto-sans', '@fontsource/noto-sans-arabic', '@noble/ed25519'];

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'fonts'), { recursive: true });
mkdirSync(join(out, 'images'));
mkdirSync(join(out, 'licences'));

const compiled = (name) => sass.compile(join(here, 'scss', `${name}.scss`), {
  loadPaths: [here, modules], style: 'compressed', quietDeps: true, charset: false,
}).css;
const lean = (css) => esbuild.transform(css, { loader: 'css', minify: true, charset: 'utf8', legalComments: 'none' });

// Each sheet, and the same for languages that are written from right to left.
for (const name of ['registry', 'public']) {
  const built = compiled(name);
  const { code } = await lean(built);
  writeFileSync(join(out, `${name}.css`), code);
  writeFileSync(join(out, `${name}.rtl.css`), (await lean(rtlcss.process(built) + compiled('mirrored'))).code);
  for (const [, image] of code.matchAll(/url\(images\/([\w-]+\.svg)\)/g)) {
    copyFileSync(join(modules, '@ministryofjustice/frontend/moj/assets/images', image), join(out, 'images', image));
  }
}

// Signatures need whole numbers of any length, which the private look-up alone may ask of a browser.
for (const [target, scripts] of [['es2018', ['registry', 'public', 'private-worker', 'notes-worker', 'field-worker']], ['es2020', ['private', 'notes']], ['es2022', ['field']]]) {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: scripts.map((name) => `js/${name}.js`),
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    target,
    legalComments: 'none',
  });
}

for (const [font, subset] of FONT_SUBSETS) {
  for (const weight of [400, 700]) {
    copyFileSync(
      join(modules, '@fontsource', font, 'files', `${font}-${subset}-${weight}-normal.woff2`),
      join(out, 'fonts', `noto-sans-${subset}-${weight}.woff2`),
    );
  }
}

const packages = PACKAGES.map((name) => {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, 'package.json')));
  return { name, version, licence: license, licence_text: `licences/${name.replace('@', '').replace('/', '-')}.txt` };
});
// Two of the packages leave their licence out of what they publish: their texts are kept in licences/ here.
for (const { licence_text } of packages) copyFileSync(join(here, licence_text), join(out, licence_text));

function* files(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}
const digests = {};
for (const path of files(out)) {
  digests[relative(out, path)] = createHash('sha256').update(readFileSync(path)).digest('hex');
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify({ packages, files: digests }, null, 2) + '\n');
