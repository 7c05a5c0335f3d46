/** `npm run check`: everything that reads the code without running it. Goes on after a failure, so that one run tells all. */
import { installMissing } from './install.mjs';
import { command, oneAtATime, run, Stop, say } from './machine.mjs';

/** @type {[title: string, program: string, ...args: string[]][]} */
const checks = [
  ['format and lint', '@biomejs/biome/bin/biome', 'ci', '--error-on-warnings'],
  ...['shared', 'server', 'widget', 'console', 'tests'].map((folder) => typeCheck(folder)),
  ['forgotten promises', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['dead code and dependencies', 'knip/bin/knip.js', '-c', '.ci/knip.jsonc', '--no-progress', '--treat-config-hints-as-errors'],
];

/** @param {string} folder @returns {[string, string, ...string[]]} */
function typeCheck(folder) {
  return [`types of ${folder}`, 'typescript/bin/tsc', '--noEmit', '-p', folder];
}

await command(async () => {
  await oneAtATime(installMissing);
  const failed = [];
  for (const [title, program, ...args] of checks) {
    say(`Checking ${title}.`);
    if ((await run(process.execPath, [`node_modules/${program}`, ...args])) !== 0) failed.push(title);
  }
  if (failed.length > 0) throw new Stop(`Not right yet: ${failed.join(', ')}.`);
  say('All is right.');
});
