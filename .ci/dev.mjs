/**
 * `npm run dev`: a seeded world that follows every change. The pages are real builds served by the real server, so they
 * live under the same origin rules and content security policy as in production; open pages reload when theirs is new.
 */
import { mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLoader, copyDemo } from './build.mjs';
import { installMissing } from './install.mjs';
import { cacheFolder, command, oneAtATime, root, run, say } from './machine.mjs';

const folder = join(cacheFolder, 'dev');

/** Put into every page; it asks for `dev-version.txt` beside itself. */
const reloadScript = `
let version;
setInterval(async () => {
  const response = await fetch(new URL('dev-version.txt', import.meta.url), { cache: 'no-store' }).catch(() => null);
  const current = response?.ok ? await response.text() : version;
  if (version && current !== version) location.reload();
  version = current;
}, 1_000);
`;

/** @param {...string} parts */
function tellPages(...parts) {
  const place = join(folder, ...parts);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'dev-reload.js'), reloadScript);
  writeFileSync(join(place, 'dev-version.txt'), String(Date.now()));
}

/**
 * Builds now and after every change; answers when the first build is written.
 *
 * @param {string} mode
 * @param {Omit<import('vite').Plugin, 'name'>} plugin
 */
async function buildAndFollow(mode, plugin) {
  const vite = await import('vite');
  const build = { outDir: join(folder, mode), minify: false, sourcemap: true, emptyOutDir: false, watch: {} };
  const watcher = /** @type {import('vite').Rolldown.RolldownWatcher} */ (
    await vite.build({ mode, build, plugins: [{ name: `kesher-dev-${mode}`, ...plugin }] })
  );
  await new Promise((resolve) => {
    watcher.on('event', (event) => {
      // What went wrong is on the screen already, and the next change may put it right.
      if (event.code === 'END' || event.code === 'ERROR') resolve(undefined);
    });
  });
}

function followDemo() {
  const copy = () => {
    copyDemo(folder, (html) => html.replace('</head>', '<script type="module" src="/demo/dev-reload.js"></script></head>'));
    tellPages('demo');
  };
  copy();
  watch(join(root, 'widget', 'demo'), { recursive: true }, copy);
}

await command(async () => {
  await oneAtATime(installMissing);
  rmSync(folder, { recursive: true, force: true });
  say('Building the widget and the console.');
  followDemo();
  await buildAndFollow('widget', {
    buildStart() {
      for (const file of ['loader.ts', 'preview.ts', 'preview-stage.ts', 'preview.html']) this.addWatchFile(join(root, 'widget', file));
    },
    async writeBundle(_options, bundle) {
      await buildLoader(folder, Object.values(bundle));
      tellPages('demo');
    },
  });
  await buildAndFollow('console', {
    transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: '/console/assets/dev-reload.js' } }],
    writeBundle: () => tellPages('console', 'assets'),
  });
  const env = { ...process.env, DATA_DIR: process.env.DATA_DIR ?? join(cacheFolder, 'dev-data'), NODE_ENV: 'development' };
  process.exitCode = await run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/dev.ts'], {
    env,
  });
  // The watchers would keep this process alive.
  process.exit();
});
