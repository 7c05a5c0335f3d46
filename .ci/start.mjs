/** `npm start`: from a fresh clone to a serving Kesher. What is already there is not done again. */
import { buildIfChanged } from './build.mjs';
import { installMissing } from './install.mjs';
import { command, oneAtATime } from './machine.mjs';

await command(async () => {
  await oneAtATime(async () => {
    await installMissing();
    await buildIfChanged();
  });
  // The server takes over this very process, so signals and the exit code need no forwarding.
  const server = '../dist/server/main.js';
  await import(server);
});
