// Builds the look into config/static/vendor/: `npm ci && npm run build`.
// The result is committed with a manifest, so that nobody else needs Node.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'vendor');
const modules = join(here, 'node_modules');

const FONT_SUBSETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext', 'devanagari'];
const PACKAGES = ['govuk-frontend', '@ministryofjustice/frontend', '@fontsource/noto-sans', '@noble/ed25519'];

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'fonts'), { recursive: true });
mkdirSync(join(out, 'images'));
mkdirSync(join(out, 'licences'));

for (const name of ['registry', 'public']) {
  const built = sass.compile(join(here, 'scss', `${name}.scss`), {
    loadPaths: [here, modules], style: 'compressed', quietDeps: true, charset: false,
  });
  const lean = await esbuild.transform(built.css, { loader: 'css', minify: true, charset: 'utf8', legalComments: 'none' });
  writeFileSync(join(out, `${name}.css`), lean.code);
  for (const [, image] of lean.code.matchAll(/url\(images\/([\w-]+\.svg)\)/g)) {
    copyFileSync(join(modules, '@ministryofjustice/frontend/moj/assets/images', image), join(out, 'images', image));
  }
}

// Signatures need whole numbers of any length, which the private look-up alone may ask of a browser.
for (const [target, scripts] of [['es2018', ['registry', 'public', 'private-worker', 'field-worker']], ['es2020', ['private']], ['es2022', ['field']]]) {
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

for (const subset of FONT_SUBSETS) {
  for (const weight of [400, 700]) {
    copyFileSync(
      join(modules, '@fontsource/noto-sans/files', `noto-sans-${subset}-${weight}-normal.woff2`),
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
