import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dice } from './dice.ts';

/** What a disk writes whole or not at all. */
const SECTOR = 512;

/** Compiles into this folder what is preloaded into the server so that its syncs are remembered. Gives the library's path. */
export async function compilePowerCut(folder: string): Promise<string> {
  const library = join(folder, 'power-cut.so');
  const source = join(import.meta.dirname, 'power-cut.c');
  try {
    await promisify(execFile)(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl', '-lpthread']);
  } catch (error) {
    throw new Error(
      'Power cuts are simulated by a small C program, and no C compiler could build it here. Install one (Debian: gcc libc6-dev).',
      {
        cause: error,
      },
    );
  }
  return library;
}

/**
 * The power fails under a server that has just been killed. What was synced is on the disk. Of what was written since the
 * last sync, each sector has reached the disk or has not, and so has the file's new length: either nothing of it is left, or a
 * random part. What is there afterwards is what the disk holds, until the next cut.
 *
 * Not simulated: a disk that lies about its syncs, sectors torn in half, and names of files that come or go without
 * their folder being synced (a synced file is always found again).
 */
export function cutPower(dataDir: string, dice: Dice): void {
  const survives = dice.chance(0.5) ? 0 : dice.roll();
  for (const name of ['kesher.db', 'kesher.db-wal']) {
    const file = join(dataDir, name);
    const synced = `${file}.synced`;
    rmSync(`${synced}-next`, { force: true });
    if (!existsSync(synced)) {
      rmSync(file, { force: true });
      continue;
    }
    const left = survivors(readFileSync(synced), existsSync(file) ? readFileSync(file) : Buffer.alloc(0), survives, dice);
    writeFileSync(synced, left);
    writeFileSync(file, left);
  }
  rmSync(join(dataDir, 'kesher.db-shm'), { force: true });
}

function survivors(synced: Buffer, written: Buffer, survives: number, dice: Dice): Buffer {
  const left = Buffer.alloc(dice.chance(survives) ? written.length : synced.length);
  for (let at = 0; at < left.length; at += SECTOR) {
    const before = synced.subarray(at, at + SECTOR);
    const after = written.subarray(at, at + SECTOR);
    (dice.chance(survives) ? after : before).copy(left, at);
  }
  return left;
}
