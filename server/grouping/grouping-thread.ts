/** Groups questions in a thread of its own, which lives as long as the grouping; whoever serves chats meanwhile does not notice. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { openThread } from '../transport/open-thread.ts';
import type { GroupingAsked, GroupingTold } from './grouping-worker.ts';
import type { Grouping, GroupingOrder } from './question-group.ts';

/** So much is handed over in one turn. */
const PORTION = 2_000;
const MEMORY_MAX_MB = 400;

export interface GroupingWishes {
  /** Ends the thread; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** From 0 to 1. */
  onProgress?(share: number): void;
}

class GroupingFailure extends Error {
  override readonly name = 'GroupingFailure';
}

export async function groupInThread(order: GroupingOrder, { signal, onProgress }: GroupingWishes = {}): Promise<Grouping> {
  signal?.throwIfAborted();
  const worker = openThread(new URL('./grouping-worker.ts', import.meta.url), {
    name: 'grouping',
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  worker.unref();
  let isOver = false;
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const outcome = new Promise<Grouping>((resolve, reject) => {
      worker.on('message', (told: GroupingTold) => {
        if (told.kind === 'progress') onProgress?.(told.share);
        else resolve(told.grouping);
      });
      worker.on('error', (error) => reject(new GroupingFailure(error instanceof Error ? error.message : String(error), { cause: error })));
      worker.on('exit', (code) => {
        isOver = true;
        reject(signal?.aborted ? signal.reason : new GroupingFailure(`The thread that groups questions ended with ${code}.`));
      });
    });
    outcome.catch(() => {});
    for (let from = 0; from < order.questions.length && !isOver; from += PORTION) {
      tell(worker, { kind: 'questions', questions: order.questions.slice(from, from + PORTION) });
      await nextTurn();
    }
    for (let from = 0; from < order.known.length && !isOver; from += PORTION / 10) {
      tell(worker, { kind: 'known', known: order.known.slice(from, from + PORTION / 10) });
      await nextTurn();
    }
    tell(worker, { kind: 'group', answers: order.answers });
    return await outcome;
  } finally {
    signal?.removeEventListener('abort', stop);
    void worker.terminate();
  }
}

function tell(worker: Worker, asked: GroupingAsked): void {
  worker.postMessage(asked);
}
