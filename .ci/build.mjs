/** Builds the product into `dist/`: the server by the compiler, the widget and the console by Vite, the demo shop as it is. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { installMissing } from './install.mjs';
import { command, oneAtATime, root, run, Stop, say } from './machine.mjs';

const dist = join(root, 'dist');
const stampName = '.built-from';
const sources = ['shared', 'server', 'widget', 'console', 'package-lock.json', 'tsconfig.base.json', 'vite.config.ts', '.ci/build.mjs'];

export async function buildIfChanged() {
  const stampPath = join(dist, stampName);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hashSources()) return;
  const before = process.env.NODE_ENV;
  await build();
  // Vite says in it that this is production: the tests and the server that begin after a build are what they are without one.
  if (before === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = before;
}

/** A build that fails or is interrupted leaves the last good `dist/` in its place. */
async function build() {
  say('Building the server, the widget and the console.');
  const startedAt = Date.now();
  const stamp = hashSources();
  const next = join(root, 'dist.next');
  rmSync(next, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if ((await run(process.execPath, [tsc, '-p', 'server', '--outDir', next])) !== 0) throw new Stop('The server does not compile.');
  cpSync(join(root, 'server', 'matching', 'library'), join(next, 'server', 'matching', 'library'), { recursive: true });
  await buildWidget(next);
  await buildConsole(next);
  copyDemo(next);
  await buildPackage(next, tsc);
  for (const folder of ['widget', 'console']) compress(join(next, folder));
  writeFileSync(join(next, stampName), stamp);
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
  say(`Built in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s.`);
}

/**
 * The loader is built after the application, because it holds its hashed address.
 *
 * @param {string} folder
 */
export async function buildWidget(folder) {
  const vite = await import('vite');
  const outDir = join(folder, 'widget');
  const result = /** @type {import('vite').Rolldown.RolldownOutput} */ (await vite.build({ mode: 'widget', build: { outDir } }));
  await buildLoader(folder, result.output);
}

/** @param {string} folder */
async function buildPreview(folder) {
  const vite = await import('vite');
  await vite.build({ mode: 'preview', build: { outDir: join(folder, 'widget') } });
  cpSync(join(root, 'widget', 'preview.html'), join(folder, 'preview', 'index.html'));
}

/**
 * What has a name without a hash: the loader, and the page that previews it.
 *
 * @param {string} folder
 * @param {readonly { type: string, fileName: string, isEntry?: boolean }[]} output
 */
export async function buildLoader(folder, output) {
  const vite = await import('vite');
  const app = output.find((file) => file.type === 'chunk' && file.isEntry);
  if (!app) throw new Stop('The widget was built without an entry.');
  const outDir = join(folder, 'widget');
  const addressOf = async (/** @type {string} */ mode) => {
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (await vite.build({ mode, build: { outDir } }));
    return JSON.stringify(`widget/${output[0].fileName}`);
  };
  const define = {
    __WIDGET_APP__: JSON.stringify(`widget/${app.fileName}`),
    __WIDGET_INVITATIONS__: await addressOf('invitations'),
    __WIDGET_SITE_PRESENCE__: await addressOf('site-presence'),
  };
  await vite.build({ mode: 'loader', define, build: { outDir } });
  await buildPreview(folder);
}

/**
 * The widget as an ES module with its types: the npm package `kesher-widget`, and a file for `<script type="module">`.
 *
 * @param {string} folder
 * @param {string} tsc
 */
async function buildPackage(folder, tsc) {
  const outDir = join(folder, 'npm');
  const options = ['--declaration', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom'];
  const source = join(root, 'widget', 'load-kesher.ts');
  if ((await run(process.execPath, [tsc, source, '--ignoreConfig', ...options, '--outDir', outDir])) !== 0) {
    throw new Stop('The npm package does not compile.');
  }
  for (const end of ['js', 'd.ts']) renameSync(join(outDir, `load-kesher.${end}`), join(outDir, `index.${end}`));
  cpSync(join(outDir, 'index.js'), join(folder, 'widget', 'kesher.js'));
  cpSync(join(root, 'LICENSE'), join(outDir, 'LICENSE'));
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const description = 'Brings the Kesher chat widget into a page. The widget itself comes from your Kesher server.';
  const entry = { types: './index.d.ts', default: './index.js' };
  const manifest = {
    name: 'kesher-widget',
    version,
    description,
    license,
    type: 'module',
    exports: entry,
    types: entry.types,
    sideEffects: false,
  };
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function buildConsole(/** @type {string} */ folder) {
  const vite = await import('vite');
  await vite.build({ mode: 'console', build: { outDir: join(folder, 'console') } });
}

/**
 * @param {string} folder
 * @param {(html: string) => string} [dress] changes each page on its way
 */
export function copyDemo(folder, dress = (html) => html) {
  const demo = join(root, 'widget', 'demo');
  for (const path of listFiles(demo)) {
    const target = join(folder, 'demo', relative(demo, path));
    mkdirSync(dirname(target), { recursive: true });
    if (path.endsWith('.html')) writeFileSync(target, dress(readFileSync(path, 'utf8')));
    else cpSync(path, target);
  }
}

/** Once here, as small as can be, instead of at each request: the server sends `.br` or `.gz` to whoever takes it. */
function compress(/** @type {string} */ folder) {
  for (const file of listFiles(folder).filter((path) => /\.(js|css|svg)$/.test(path))) {
    const content = readFileSync(file);
    writeFileSync(`${file}.br`, squeeze(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Brotli's modes are guesses at what it is given; the smallest result is kept. */
function squeeze(/** @type {Buffer} */ content) {
  const modes = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT];
  const results = modes.map((mode) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_MODE]: mode } }));
  return /** @type {Buffer} */ (results.sort((one, other) => one.length - other.length)[0]);
}

/** By content, so that neither a checkout nor a copy with new times builds again what is the same. */
function hashSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of listFiles(join(root, source))) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function listFiles(path) {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await command(async () => {
    await oneAtATime(async () => {
      await installMissing();
      await build();
    });
  });
}
