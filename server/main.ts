import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type Config, readConfig } from './config.ts';
import { type RunningServer, startServer } from './server.ts';
import { listInboxes } from './settings/inboxes.ts';
import { StartupError } from './storage/database.ts';

/** How long a close may take before the process ends anyway: what was acknowledged is on disk. */
const CLOSE_WITHIN_MS = 10_000;
const IMPATIENT_AFTER_MS = 1_000;

await main();

async function main(): Promise<void> {
  const config = read();
  // People read standard output, machines the log on standard error.
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  try {
    const server = await startServer({
      config,
      assetsDir: fileURLToPath(new URL('..', import.meta.url)),
      log,
      onFatal: (error) => {
        log.fatal({ err: error }, 'the disk failed; the next start recovers what was acknowledged');
        process.exit(1);
      },
    });
    closeOnSignals(server);
    await greet(server, config);
  } catch (error) {
    leave(explain(error, config));
  }
}

function read(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return leave((error as Error).message);
  }
}

function leave(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function explain(error: unknown, config: Config): string {
  if (error instanceof StartupError) return error.message;
  const { code } = error as { code?: unknown };
  if (code === 'EADDRINUSE') return `Port ${config.port} is taken by another program. Set PORT to a free one.`;
  if (code === 'EACCES') return `This account may not listen on port ${config.port}. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: this machine has no address ${config.host}.`;
  return `Kesher could not start: ${error instanceof Error ? error.stack : String(error)}`;
}

function closeOnSignals(server: RunningServer): void {
  let closingSince = 0;
  const onSignal = () => {
    // Ctrl-C under npm arrives twice within a moment; somebody who presses it again later means "at once".
    if (closingSince > 0 && Date.now() - closingSince > IMPATIENT_AFTER_MS) process.exit(1);
    if (closingSince > 0) return;
    closingSince = Date.now();
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function greet({ app, url, setupCode }: RunningServer, config: Config): Promise<void> {
  const shown = config.publicUrl ?? url.replace('0.0.0.0', 'localhost').replace('[::]', 'localhost');
  const [inbox] = await listInboxes(app);
  const lines = [
    '',
    `  Console    ${shown}/console/`,
    `  Demo shop  ${shown}/demo/`,
    `  Snippet    <script async src="${shown}/widget.js" data-inbox="${inbox?.key}"></script>`,
    ...(setupCode === null
      ? []
      : [
          '',
          '  Nobody can sign in yet. Make the first administrator here (the code works once):',
          `  ${shown}/console/setup?code=${setupCode}`,
        ]),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\nready ${url}\n`);
}
