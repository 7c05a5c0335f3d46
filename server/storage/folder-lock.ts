import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const ASK_AGAIN_MS = 50;

/**
 * Takes the folder for this process: a transaction held open on a file of its own, so the system itself drops the lock
 * when the process ends, however it ends. Waits for a server that is just closing. Gives the function that frees it.
 */
export async function lockFolder(file: string, waitMs: number): Promise<() => void> {
  const lock = new Database(file, { timeout: 0 });
  const givesUpAt = performance.now() + waitMs;
  try {
    while (!isTaken(lock)) {
      if (performance.now() > givesUpAt) throw new FolderTakenError('another process holds the lock');
      await sleep(ASK_AGAIN_MS);
    }
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
}

export class FolderTakenError extends Error {}

function isTaken(lock: Database.Database): boolean {
  try {
    // Without a journal of its own the lock is one file, and empty.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
