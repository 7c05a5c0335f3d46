import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { freshDatabaseUrl } from './postgres.ts';

/*
 * Most scenes begin in a house whose administrator has come in already. To lay its tables and to set it up costs more than
 * many a scene, so it is done once for a run, by the server itself, and each test is given a copy of what that left behind.
 * This file is a globalSetup of vitest: `setup` makes the folder that the copies come from, and takes it away afterwards.
 */

declare module 'vitest' {
  interface ProvidedContext {
    furnishedHouses: string;
  }
}

/** What the setup gave to the first administrator. */
export interface Welcome {
  agent: SignedInAgent;
  inbox: Inbox;
  cookie: string;
}

/** A data folder, and a database where it is not in there. */
export interface Place {
  dataDir: string;
  databaseUrl?: string | undefined;
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'kesher-furnished-'));
  project.provide('furnishedHouses', folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Fills the empty data folder, and answers with the database that belongs to it. `furnish` sets a house up there and closes it. */
export async function moveIn(
  dataDir: string,
  database: 'SQLite' | 'PostgreSQL',
  furnish: (place: Place) => Promise<Welcome>,
): Promise<Welcome & Place> {
  const folder = join(inject('furnishedHouses'), database);
  const { model, welcome } = await readModel(folder).catch(() => buildModel(folder, database, furnish));
  await cp(join(folder, 'data'), dataDir, { recursive: true });
  return { ...welcome, dataDir, databaseUrl: model === undefined ? undefined : await freshDatabaseUrl(model) };
}

interface Model {
  /** The name of the database that is copied. */
  model?: string | undefined;
  welcome: Welcome;
}

async function readModel(folder: string): Promise<Model> {
  return JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
}

/** Of two workers who build at the same time, the second takes what the first has built. */
async function buildModel(folder: string, database: 'SQLite' | 'PostgreSQL', furnish: (place: Place) => Promise<Welcome>): Promise<Model> {
  const building = await mkdtemp(`${folder}-`);
  const databaseUrl = database === 'PostgreSQL' ? await freshDatabaseUrl() : undefined;
  const welcome = await furnish({ dataDir: join(building, 'data'), databaseUrl });
  const model: Model = { welcome, model: databaseUrl && new URL(databaseUrl).pathname.slice(1) };
  await writeFile(join(building, 'model.json'), JSON.stringify(model));
  try {
    await rename(building, folder);
    return model;
  } catch {
    return await readModel(folder);
  }
}
