/** `npm run bench:<what>`: measures the built product with `tests/bench/<what>-bench.ts`; what stands behind `--` goes to it. */
import { existsSync } from 'node:fs';
import { buildIfChanged } from './build.mjs';
import { bringChromium } from './chromium.mjs';
import { installMissing } from './install.mjs';
import { command, oneAtATime, run, Stop } from './machine.mjs';

const [what, ...wishes] = process.argv.slice(2);

await command(async () => {
  const bench = `tests/bench/${what}-bench.ts`;
  if (!existsSync(bench)) throw new Stop(`There is no ${bench}.`);
  await oneAtATime(async () => {
    await installMissing();
    await buildIfChanged();
    if (what === 'widget' || what === 'console') await bringChromium();
  });
  process.exitCode = await run(process.execPath, ['node_modules/tsx/dist/cli.mjs', bench, ...wishes]);
});
