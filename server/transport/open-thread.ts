/** Threads that run a file of our own, as source or built, whichever this is. */
import { Worker, type WorkerOptions } from 'node:worker_threads';

const isSource = import.meta.url.endsWith('.ts');

/** `source`: the TypeScript file beside whoever asks, which is called the same where it is built. */
export function openThread(source: URL, given: Omit<WorkerOptions, 'eval' | 'execArgv'>): Worker {
  const options = { ...given, execArgv: [] };
  if (!isSource) return new Worker(new URL(source.href.replace(/\.ts$/, '.js')), options);
  // As the tests and `npm run dev` do, through tsx, which does not follow into threads by itself.
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source.href)}); })`;
  return new Worker(start, { ...options, eval: true });
}
