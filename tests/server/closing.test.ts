import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { nextFact, openHouse } from '../helpers/house.ts';

test('a server that is stopped waits for nobody who says nothing', async () => {
  const house = await openHouse();
  const { hostname, port } = new URL(house.url);
  const callers = ['', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\nContent-Type: application/json\r\n\r\n{'].map(
    (words) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(words);
      return socket;
    },
  );
  onTestFinished(() => {
    for (const socket of callers) socket.destroy();
  });
  await Promise.all(callers.map((socket) => once(socket, 'connect')));
  const visitor = await house.visitor();
  const closing = nextFact<{ reconnectInMs: number }>(visitor.socket, 'server:closing');
  const ended = Promise.all(callers.map((socket) => once(socket.resume(), 'close')));

  await house.stop();

  expect((await closing).reconnectInMs).toBeGreaterThan(0);
  await ended;
  await house.start();
});
