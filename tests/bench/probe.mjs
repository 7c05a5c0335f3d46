/**
 * Loaded into a server under test with `node --import`: answers the bench's questions about the process from inside,
 * the one place where they can be answered. Between a question and the next it costs a timer every two milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 2;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let cpuBefore = process.cpuUsage();

process.on('message', (question) => {
  if (question === 'begin') {
    cpuBefore = process.cpuUsage();
    delay.reset();
    delay.enable();
    process.send?.({});
  } else if (question === 'end') {
    const { user, system } = process.cpuUsage(cpuBefore);
    delay.disable();
    process.send?.({ cpuMs: (user + system) / 1_000, longestDelayMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) });
  } else if (question === 'memory') {
    for (let times = 0; times < 4; times += 1) globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external });
  }
});

// The bench is gone, however it ended: so is the server.
process.on('disconnect', () => process.exit());
