/** Brings what `package-lock.json` names, when it is not there yet. Costs a few hundredths of a second when it is. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canInstallDebianPackages, findProgram, installDebianPackages, npm, root, run, Stop, say } from './machine.mjs';

export async function installMissing() {
  if (hasLockedPackages()) {
    if (!canOpenDatabase()) await rebuildDriver();
    return;
  }
  say('Installing the packages (npm install). Where no ready-made database driver can be downloaded it is compiled,');
  say('which takes about two minutes the first time.');
  if (!(await installPackages()) && !((await installCompiler()) && (await installPackages()))) {
    throw new Stop('The packages could not be installed; the reason is above.');
  }
  if (!canOpenDatabase()) await rebuildDriver();
}

/**
 * Not `npm ci`: it refuses a lock file that lacks the optional packages of another platform, and it would throw away a
 * compiled driver whenever anything changes. This too keeps to the locked versions, and `--no-save` leaves the lock alone.
 */
function installPackages() {
  return runNpm('install', '--no-save', '--include=dev', '--include=optional');
}

/**
 * npm leaves its own record of what it installed, as the last step of an install that went well. Packages for other
 * platforms are optional and rightly absent.
 */
function hasLockedPackages() {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(recordPath, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    if (installed[path] ? installed[path].version !== entry.version : !entry.optional) return false;
  }
  return true;
}

/** The driver is a binary for one version of Node's ABI: after a change of Node the packages are right and this fails. */
function canOpenDatabase() {
  const script = "const Database = require('better-sqlite3'); new Database(':memory:').close()";
  return spawnSync(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' }).status === 0;
}

async function rebuildDriver() {
  say(`Building the database driver for Node.js ${process.version}, which takes about two minutes the first time.`);
  const hasBuilt =
    (await runNpm('rebuild', 'better-sqlite3')) || ((await installCompiler()) && (await runNpm('rebuild', 'better-sqlite3')));
  if (!hasBuilt || !canOpenDatabase()) throw new Stop('The database driver (better-sqlite3) could not be built; the reason is above.');
}

async function runNpm(/** @type {string[]} */ ...words) {
  const { program, args } = npm(...words, '--no-audit', '--no-fund', '--no-update-notifier');
  return (await run(program, args, { env: buildEnvironment(), longWork: 'installing' })) === 0;
}

/** Headers beside the running Node spare a download that a closed network refuses; ccache makes a second build take seconds. */
function buildEnvironment() {
  const env = { ...process.env };
  const nodeFolder = join(dirname(process.execPath), '..');
  if (existsSync(join(nodeFolder, 'include', 'node', 'node.h'))) {
    env.npm_package_config_node_gyp_nodedir ??= nodeFolder;
    // The node-gyp of npm 10 reads only this name, which npm 11 calls unknown.
    if (/^npm\/10\./.test(env.npm_config_user_agent ?? '')) env.npm_config_nodedir ??= nodeFolder;
  }
  if (findProgram('ccache') && findProgram('g++') && findProgram('gcc')) {
    env.CC ??= 'ccache gcc';
    env.CXX ??= 'ccache g++';
    env.CCACHE_BASEDIR ??= root;
    env.CCACHE_NOHASHDIR ??= 'true';
  }
  return env;
}

/** The tests that let a disk fail or the power go out compile a few lines of C, which stand between SQLite and the kernel. */
export async function bringCCompiler() {
  if (process.env.CC || findProgram('cc') || process.platform !== 'linux') return;
  if (canInstallDebianPackages() && (await installDebianPackages(['gcc', 'libc6-dev']))) return;
  throw new Stop('The tests need a C compiler (cc), and there is none: please install one (Debian: gcc libc6-dev).');
}

/** Answers whether trying again makes sense: something was missing and is there now. */
async function installCompiler() {
  const missing = ['g++', 'make', 'python3'].filter((name) => !findProgram(name));
  if (missing.length === 0 || process.platform === 'win32') return false;
  if (canInstallDebianPackages() && (await installDebianPackages(missing))) return true;
  throw new Stop(
    `No ready-made database driver could be downloaded, and compiling it needs ${missing.join(', ')}: please install them and run this again.`,
  );
}
