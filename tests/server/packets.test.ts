import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seatBystanders } from '../helpers/bystanders.ts';
import { openHouse } from '../helpers/house.ts';
import { frame, knock, opcodes, openPolling, openRawVisitor, RawWire } from '../helpers/raw-wire.ts';
import { nested } from '../helpers/wrong-values.ts';

/** Engine.IO says `4` before each of these; none is a packet that Socket.IO can make sense of. */
const malformed = [
  '',
  '9',
  'x',
  '-1',
  '2',
  '2/visitor,x',
  '2/visitor,{}',
  '2/visitor,[]',
  '2/visitor,[null]',
  '2/visitor,[{}]',
  '2/visitor,[["message:post"]]',
  '2/visitor,["message:post"',
  '2/visitor,["disconnect"]',
  '2/visitor,["connect_error",{}]',
  '2/visitor,["newListener","x"]',
  '2/nowhere,["message:post",{}]',
  '2["message:post",{}]',
  '3/nowhere,1[]',
  '3/visitor,1{}',
  '4/visitor,"no"',
  '4/visitor,{"message":"no"}',
  '0/visitor',
  '0/visitor,null',
  '0/visitor,[]',
  '0/visitor,"x"',
  '0/visitor,{',
  '1/nowhere,',
  '1/visitor,{}',
  '5/visitor,["message:post",{"_placeholder":true,"num":0}]',
  '50-/visitor,["message:post",{"_placeholder":true,"num":0}]',
  '5-1-/visitor,["message:post"]',
  '599999999999-/visitor,["message:post",{"_placeholder":true,"num":0}]',
  '51e9-/visitor,["message:post"]',
  '511-/visitor,["message:post"]',
  `5${'9'.repeat(10_000)}-/visitor,["message:post"]`,
  '61-/visitor,["x"]',
  `2/visitor,${'['.repeat(100_000)}`,
  `2${'/'.repeat(100_000)}`,
];

/** Harmless, if strange: these are answered or ignored, and their sender may stay. */
const strange = [
  '2/visitor,',
  '3/visitor,1',
  '3/visitor,1[]',
  `3/visitor,${'9'.repeat(400)}[]`,
  '2/visitor,99999999999999999999999["conversation:list",{}]',
  `2/visitor,${'9'.repeat(1_000)}["conversation:list",{}]`,
  '2/visitor,1[0]',
  '2/visitor,2[0,{}]',
  '2/visitor,3["error",{}]',
  '2/visitor,4["__proto__",{}]',
  `2/visitor,5["message:post",${nested(20_000)}]`,
  `2/visitor,6["visitor:identify",{"fields":${nested(20_000)}}]`,
  `2/visitor,7["message:post",${'['.repeat(50_000)}${']'.repeat(50_000)}]`,
];

test('a packet that makes no sense ends its own connection and nothing else', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const survivors: string[] = [];
  for (const packet of malformed) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    wire.write(frame(`4${packet}`));
    wire.write(frame('42/visitor,88["conversation:list",{}]'));
    await wire.hears(/43\/visitor,88/).then(
      () => survivors.push(packet),
      () => undefined,
    );
    await bystanders.chat();
  }
  expect(survivors).toEqual([]);
  await bystanders.expectUnharmed();
});

test('the same nonsense over long-polling ends its own session and nothing else', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const survivors: string[] = [];
  for (const packet of malformed) {
    const session = await openPolling(house.url);
    await session.post(`40/visitor,{"inbox":"${house.inbox.key}"}`);
    while (!(await (await session.poll()).text()).includes('session:started'));
    await session.post(`4${packet}\x1e42/visitor,88["conversation:list",{}]`);
    let response = await session.poll();
    while (response.status === 200) {
      const text = await response.text();
      if (text.includes('43/visitor,88')) survivors.push(packet);
      if (text.includes('43/visitor,88')) break;
      response = await session.poll();
    }
  }
  expect(survivors).toEqual([]);
  await bystanders.expectUnharmed();
});

test('a strange packet that can be read is answered or ignored', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const wire = await openRawVisitor(house.url, house.inbox.key);
  for (const [index, packet] of strange.entries()) {
    wire.write(frame(`4${packet}`));
    wire.write(frame(`42/visitor,8${index}["conversation:list",{}]`));
    await wire.hears(new RegExp(`43/visitor,8${index}\\[\\{"ok":true`));
  }
  for (const asked of [1, 2, 3, 4, 5, 6, 7])
    await wire.hears(new RegExp(`43/visitor,${asked}\\[\\{"ok":false,"error":\\{"code":"invalid"`));
  await bystanders.expectUnharmed();
});

test('binary parts that never come, come unasked or point nowhere harm nobody', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const attacks: (string | Buffer)[][] = [
    // Promised and never sent: the next text is a violation.
    ['451-/visitor,["message:post",{"_placeholder":true,"num":0}]', '42/visitor,["conversation:list",{}]'],
    [randomBytes(100)],
    ['451-/visitor,["message:post",{"_placeholder":true,"num":5}]', randomBytes(10)],
    ['451-/visitor,["message:post",{"_placeholder":true,"num":-1}]', randomBytes(10)],
    ['451-/visitor,["message:post",{"_placeholder":true,"num":"__proto__"}]', randomBytes(10)],
    ['461-/visitor,1[{"_placeholder":true,"num":9}]', randomBytes(10)],
  ];
  for (const attack of attacks) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    for (const part of attack) wire.write(frame(part));
    await wire.closed;
  }
  const buffers = await openRawVisitor(house.url, house.inbox.key);
  buffers.write(
    frame(
      '453-/visitor,1["message:post",{"id":{"_placeholder":true,"num":0},"text":{"_placeholder":true,"num":1}},{"_placeholder":true,"num":2}]',
    ),
  );
  for (let part = 0; part < 3; part += 1) buffers.write(frame(randomBytes(21)));
  await buffers.hears(/43\/visitor,1\[\{"ok":false,"error":\{"code":"invalid"/);
  const deep = await openRawVisitor(house.url, house.inbox.key);
  deep.write(frame(`451-/visitor,2["message:post",${nested(15_000).replace('0', '{"_placeholder":true,"num":0}')}]`));
  deep.write(frame(randomBytes(10)));
  await Promise.race([deep.closed, deep.hears(/43\/visitor,2\[\{"ok":false/)]);
  await bystanders.expectUnharmed();
});

test('frames that break the rules of WebSockets end their own connection', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const attacks: Buffer[] = [
    frame('42/visitor,["conversation:list",{}]', { isMasked: false }),
    frame('x', { opcode: opcodes.reserved }),
    frame('x', { reservedBits: 7 }),
    frame('x', { reservedBits: 4 }),
    frame('rest', { opcode: opcodes.continuation }),
    Buffer.concat([frame('42', { isFinal: false }), frame('42')]),
    frame(Buffer.from([0x34, 0xc3, 0x28, 0xff]), { opcode: opcodes.text }),
    frame('x'.repeat(200), { opcode: opcodes.ping }),
    frame('x', { opcode: opcodes.close }),
    frame(Buffer.from([0x03, 0xe7]), { opcode: opcodes.close }),
    frame('', { claimedLength: 2 ** 40 }),
    frame('', { claimedLength: Number.MAX_SAFE_INTEGER }),
    Buffer.concat(
      Array.from({ length: 300 }, (_, index) =>
        frame('x'.repeat(1_000), { isFinal: false, opcode: index === 0 ? opcodes.text : opcodes.continuation }),
      ),
    ),
    randomBytes(5_000),
    Buffer.alloc(5_000, 0xff),
  ];
  for (const [index, attack] of attacks.entries()) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    wire.write(attack);
    // Random bytes may read as the start of a longer frame: hanging up in the middle of one is an attack of its own.
    if (index >= attacks.length - 2) wire.socket.destroy();
    await wire.closed;
  }
  for (const opcode of [opcodes.ping, opcodes.pong]) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    wire.write(frame('', { opcode }));
    wire.socket.resetAndDestroy();
    await wire.closed;
  }
  await bystanders.expectUnharmed();
});

test('engine packets that only the server may send, or that nobody knows, end their own connection', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  for (const packet of ['2', '2probe', '0{"sid":"x"}', '5', '6', '7', 'b', 'b!!!!', 'bAAAA', '1', '\0', '😀', 'null']) {
    const wire = await openRawVisitor(house.url, house.inbox.key);
    wire.write(frame(packet));
    // Ignoring is an answer, too; the connection may not have become unusable for the others then.
    wire.write(frame('42/visitor,5["conversation:list",{}]'));
    await Promise.race([wire.closed, wire.hears(/43\/visitor,5/).catch(() => undefined)]);
  }
  await bystanders.expectUnharmed();
});

test('a wrong handshake of the engine is answered with an error', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { sid } = await openPolling(house.url);
  const at = (query: string) => `${house.url}/socket.io/?${query}`;
  const attempts: [string, RequestInit?][] = [
    [at('')],
    [at('EIO=4')],
    [at('EIO=3&transport=polling')],
    [at('EIO=x&transport=polling&sid=x')],
    [at('EIO=4&transport=flashsocket')],
    [at('EIO=4&transport=webtransport')],
    [at('EIO=4&transport=__proto__')],
    [at('EIO=4&transport=websocket')],
    [at('EIO=4&transport=polling&transport=websocket')],
    [at('EIO=4&transport=polling&sid=nobody')],
    [at('EIO=4&transport=polling&sid=__proto__')],
    [at('EIO=4&transport=polling&sid=constructor')],
    [at('EIO=4&transport=polling&sid=a&sid=b')],
    [at(`EIO=4&transport=websocket&sid=${sid}`)],
    [at('EIO=4&transport=polling'), { method: 'POST', body: '40/visitor,' }],
    [at('EIO=4&transport=polling'), { method: 'PUT', body: 'x' }],
    [at(`EIO=4&transport=polling&sid=${'x'.repeat(10_000)}`)],
  ];
  for (const [address, request] of attempts) {
    const response = await fetch(address, request);
    expect(response.status, address.slice(0, 120)).toBeGreaterThanOrEqual(400);
    expect(response.status, address.slice(0, 120)).toBeLessThan(500);
  }
  const upgrade = (lines: string, path = '/socket.io/?EIO=4&transport=websocket') =>
    knock(house.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines}\r\n`);
  expect(await upgrade('')).toMatch(/^HTTP\/1.1 400/);
  expect(await upgrade('Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: eA==\r\n')).toMatch(/^HTTP\/1.1 4/);
  expect(await upgrade('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n')).toMatch(/^HTTP\/1.1 400/);
  expect(
    await upgrade(
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n',
      '/socket.io/?EIO=4&transport=websocket&sid=x',
    ),
  ).toMatch(/^HTTP\/1.1 400/);
  expect(await upgrade('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n', '/api/session')).not.toMatch(/101/);
  await bystanders.expectUnharmed();
});

test('long-polling used the wrong way ends its own session', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const started = async () => {
    const session = await openPolling(house.url);
    await session.post(`40/visitor,{"inbox":"${house.inbox.key}"}`);
    while (!(await (await session.poll()).text()).includes('session:started'));
    return session;
  };
  const binary = await started();
  expect((await binary.post(randomBytes(100), { 'Content-Type': 'application/octet-stream' })).status).toBe(400);
  const large = await started();
  const answer = await large.post('x'.repeat(3_000_000)).catch((error: unknown) => error as Error);
  if (!(answer instanceof Error)) expect(answer.status).toBe(413);
  const twice = await started();
  const polls = await Promise.all([twice.poll(), twice.poll()]);
  expect(polls.map(({ status }) => status)).toContain(400);
  for (const body of [
    '\x1e\x1e\x1e',
    'x\x1ey\x1ez',
    `${'3\x1e'.repeat(50_000)}3`,
    `${`40/visitor,{"inbox":"${house.inbox.key}"}\x1e`.repeat(1_000)}`,
    '\0',
    '4'.repeat(200_000),
  ]) {
    const session = await started();
    await session.post(body);
    await bystanders.chat();
  }
  const multipart = await started();
  await multipart.post(new URLSearchParams({ d: '42/visitor,["message:post"]' }), {});
  for (const script of ['j=0', 'j=);alert(1', `j=${'9'.repeat(5_000)}`]) {
    const response = await fetch(`${house.url}/socket.io/?EIO=4&transport=polling&${script}`);
    expect(await response.text()).not.toContain('alert');
  }
  await bystanders.expectUnharmed();
});

test('what is no HTTP at all is answered with an error or hung up on', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const attacks: (string | Buffer)[] = [
    'hello\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 3_000 }, (_, index) => `X-${index}: y`).join('\r\n')}\r\n\r\n`,
    `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n',
    // The tail of one request as the head of the next.
    'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGARBAGE\r\n\r\n',
    `GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n${'\0'.repeat(10_000)}`,
    `${'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(200)}BREAK\r\n\r\n`,
    randomBytes(20_000),
    // A TLS greeting.
    Buffer.from('16030100050100000103', 'hex'),
  ];
  for (const attack of attacks) {
    const answer = await knock(house.url, attack);
    const isFirstFine = String(attack).startsWith('GET /health/live');
    expect(answer, String(attack).slice(0, 80)).toMatch(isFirstFine ? /^HTTP\/1.1 200/ : /^HTTP\/1.1 4\d\d/);
    expect(answer).not.toContain('smuggled');
  }
  const halfway = await RawWire.open(house.url);
  halfway.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email"');
  halfway.socket.resetAndDestroy();
  const { sid } = await openPolling(house.url);
  const poll = await RawWire.open(house.url);
  poll.write(`POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n40/vis`);
  poll.socket.resetAndDestroy();
  await Promise.all([halfway.closed, poll.closed]);
  await bystanders.expectUnharmed();
});
