/**
 * What the two commands need of the machine they run on: running a program and saying so, one at a time per checkout,
 * and Debian packages where we may install them. Plain Node without dependencies, because it runs before `npm ci`.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const cacheFolder = join(root, '.cache');

/** A reason to stop that the person at the terminal can act on: printed as it is, without a stack. */
export class Stop extends Error {}

/** @param {string} sentence */
export function say(sentence) {
  console.log(`\u2022 ${sentence}`);
}

/** @param {() => Promise<void>} main */
export async function command(main) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  try {
    if (major < 20) throw new Stop(`Kesher needs Node.js 20 or newer; this is ${process.version}.`);
    process.chdir(root);
    await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/** @param {string} name */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * Runs a program to its end with its output on ours, and answers its exit code. Signals that we get reach it too; Ctrl-C
 * at a terminal reaches it anyway, and twice would mean "at once".
 * `longWork` names work that is silent for minutes: a line every half minute says that it still goes on.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, longWork?: string }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, { env = process.env, longWork } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const startedAt = Date.now();
    const still = longWork && setInterval(() => say(`still ${longWork} (${Math.round((Date.now() - startedAt) / 1_000)} s)`), 30_000);
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const forget = () => {
      clearInterval(still);
      process.off('SIGINT', pass).off('SIGTERM', pass).off('SIGHUP', pass);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass);
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forget();
      if (signal) reject(new Stop(`Stopped by ${signal}.`));
      else resolve(code ?? 1);
    });
  });
}

/** @param {string[]} args */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.includes('npm-cli') ? { program: process.execPath, args: [cli, ...args] } : { program: 'npm', args };
}

export function canInstallDebianPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== null;
}

/** @param {string[]} names */
export async function installDebianPackages(names) {
  say(`Installing ${names.join(', ')} with apt-get.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, longWork: 'installing' })) === 0;
}

/**
 * Lets one command at a time install or build in this checkout; a second one waits for the first. The holder touches the
 * lock every second, so one left by a killed command is known by its age (a process number could be somebody else's by now).
 *
 * @template T
 * @param {() => Promise<T>} work
 */
export async function oneAtATime(work) {
  mkdirSync(cacheFolder, { recursive: true });
  const lock = join(cacheFolder, 'install-and-build.lock');
  for (let hasSaid = false; !tryLock(lock); await delay(250)) {
    if (!hasSaid) say('Another command is installing or building in this folder; waiting for it.');
    hasSaid = true;
  }
  const touching = setInterval(() => utimesSync(lock, new Date(), new Date()), 1_000);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock */
function tryLock(lock) {
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    const touchedAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - touchedAt > 20_000) rmSync(lock, { force: true });
    return false;
  }
}
