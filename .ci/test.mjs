/**
 * `npm test`: brings what the tests need, builds what they run against and runs them all. What stands behind `--`
 * goes to Vitest: `npm test -- tests/server`. Leaves the counts in `.cache/test-results.json` for `.ci/run`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { bringChromium } from './chromium.mjs';
import { bringCCompiler, installMissing } from './install.mjs';
import { cacheFolder, command, oneAtATime, run } from './machine.mjs';

const wishes = process.argv.slice(2);
const filters = wishes.filter((wish, at) => !wish.startsWith('-') && !/^(-t|--testNamePattern)$/.test(wishes[at - 1] ?? ''));

/** Whether the wished-for tests reach into this folder of `tests/`. @param {string} name */
function includes(name) {
  return filters.length === 0 || filters.some((filter) => `tests/${name}`.startsWith(filter.replace(/\/$/, '')) || filter.includes(name));
}

await command(async () => {
  const hasBrowsers = includes('browser');
  await oneAtATime(async () => {
    await installMissing();
    if (includes('storage') || includes('chaos')) await bringCCompiler();
    if (hasBrowsers || includes('chaos') || includes('budget.test.ts')) await buildIfChanged();
    if (hasBrowsers) await bringChromium();
  });
  const results = join(cacheFolder, 'test-results.json');
  rmSync(results, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  process.exitCode = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...wishes]);
});
