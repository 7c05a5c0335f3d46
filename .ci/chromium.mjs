/** Finds a Chromium for the browser tests, or brings one. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, canInstallDebianPackages, findProgram, installDebianPackages, npm, run, Stop, say } from './machine.mjs';

/** The same engine without the windows of a browser around it: a third less work for the same pages. */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/** Debian's font for each script that our screens show. */
const fonts = [
  { name: 'fonts-noto-core', shows: 'ש' },
  { name: 'fonts-noto-core', shows: 'ع' },
  { name: 'fonts-noto-color-emoji', shows: '👋' },
];
const ownFolder = join(cacheFolder, 'chromium');
const ownChromium = join(ownFolder, 'chromium');
const packaged = '@sparticuz/chromium@147.0.0';

/** `CHROMIUM_PATH` names another one than the first that is found. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return chosen;
  const installed = names.map(findProgram).find((path) => path !== null);
  return installed ?? [...places, ownChromium].find((path) => existsSync(path)) ?? null;
}

/** For tests that need no more than pages. */
export function findLightChromium() {
  return process.env.CHROMIUM_PATH ?? shells.map(findProgram).find((path) => path !== null) ?? findChromium();
}

/** The light one is brought along with another one, and in CI, where it saves more time than it costs. */
export async function bringChromium() {
  const isMissing = !findChromium();
  if ((isMissing || process.env.CI) && !shells.some(findProgram) && canInstallDebianPackages()) {
    await installDebianPackages(['chromium-headless-shell', ...(isMissing ? ['chromium', 'fontconfig'] : [])]);
  }
  if (!findChromium()) await installChromium();
  const missing = fonts.filter(({ shows }) => !hasFontFor(shows)).map(({ name }) => name);
  if (missing.length > 0 && canInstallDebianPackages()) await installDebianPackages([...new Set(missing)]);
}

async function installChromium() {
  say('The browser tests need Chromium, and there is none.');
  if (canInstallDebianPackages() && (await installDebianPackages(['chromium', 'fontconfig']))) return;
  say(`Bringing the Chromium of ${packaged} into .cache/.`);
  const { program, args } = npm('install', '--prefix', ownFolder, '--no-save', '--no-audit', '--no-fund', packaged);
  const hasCome = (await run(program, args, { longWork: 'downloading' })) === 0;
  if (!hasCome) throw new Stop('Chromium could not be brought; please install it, or name one with CHROMIUM_PATH.');
  const address = pathToFileURL(join(ownFolder, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js')).href;
  const { default: sparticuz } = await import(address);
  mkdirSync(ownFolder, { recursive: true });
  copyFileSync(await sparticuz.executablePath(), ownChromium);
  chmodSync(ownChromium, 0o755);
  if (spawnSync(ownChromium, ['--version'], { stdio: 'ignore' }).status === 0) return;
  rmSync(ownChromium);
  throw new Stop('The Chromium that was brought does not start here; please install one, or name one with CHROMIUM_PATH.');
}

/** @param {string} character */
function hasFontFor(character) {
  const { stdout } = spawnSync('fc-list', [`:charset=${character.codePointAt(0)?.toString(16)}`, 'family'], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}
