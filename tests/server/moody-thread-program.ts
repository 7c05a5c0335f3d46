/** The thread that matches answers, with moods: it ends over one question, is lost in thought over another, and stumbles over a third. */
import { parentPort } from 'node:worker_threads';
import type { Order } from '../../server/answers/matching-orders.ts';

const port = parentPort;
const listen = port?.on.bind(port);
if (!port || !listen) throw new Error('This is a thread.');
const withMoods = (event: string, listener: (order: Order) => void) =>
  listen(event, (order: Order) => {
    if (order.kind === 'ask' && order.question.text === 'end') process.exit(1);
    while (order.kind === 'ask' && order.question.text === 'think');
    if (order.kind === 'ask' && order.question.text.startsWith('stumble')) {
      Object.defineProperty(order.question, 'inboxId', {
        get() {
          throw new Error('a stone in the way');
        },
      });
    }
    listener(order);
  });
port.on = withMoods as typeof listen;
await import('../../server/answers/matching-thread.ts');
