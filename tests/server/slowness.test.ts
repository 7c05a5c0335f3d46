import { test } from 'vitest';
import { seatBystanders } from '../helpers/bystanders.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { frame, openPolling, openRawSocket, openRawVisitor, RawWire } from '../helpers/raw-wire.ts';

test('whoever is slow on purpose is cut off: headers, a body, a connection that never says what it wants', {
  timeout: 40_000,
}, async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const silent = await RawWire.open(house.url);
  const headers = await trickle(house, 'GET / HTTP/1.1\r\nHost: x\r\n', 'X-Slow: y\r\n');
  const body = await trickle(
    house,
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n',
    ' ',
  );
  const { sid } = await openPolling(house.url);
  const poll = await trickle(
    house,
    `POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n`,
    'x',
  );
  const nameless = await openRawSocket(house.url);
  const nowhere = await openRawSocket(house.url);
  nowhere.write(frame('40'));
  const halfFrame = await openRawVisitor(house.url, house.inbox.key);
  halfFrame.write(frame('', { claimedLength: 200_000 }));
  await Promise.all([silent, headers, body, poll, nameless, nowhere, halfFrame].map(({ closed }) => closed));
  await bystanders.expectUnharmed();
});

async function trickle(house: House, head: string, drop: string): Promise<RawWire> {
  const wire = await RawWire.open(house.url);
  wire.write(head);
  const dropping = setInterval(() => wire.write(drop), 500);
  void wire.closed.then(() => clearInterval(dropping));
  return wire;
}
