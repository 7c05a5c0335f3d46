import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import { agentEvents, type EventTarget, spoil, visitorEvents } from '../helpers/attack-surface.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, openHouse } from '../helpers/house.ts';
import { everything } from '../helpers/house-contents.ts';
import { nested, wrongPayloads } from '../helpers/wrong-values.ts';

const unlimited = { environment: { LIMITS: 'off' } };

/** A person's connection, and a conversation that this person may write in. */
interface Attacker {
  connect: () => Promise<Socket>;
  events: Record<string, EventTarget>;
  conversationId: string;
  /** What may not change, whatever is sent. */
  look: () => Promise<unknown>;
}

async function hostileVisitor(house: House): Promise<Attacker> {
  const { socket, session } = await house.visitor();
  const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'hello' });
  const { conversationId } = message;
  return {
    connect: async () => (await house.visitor({ token: session.token })).socket,
    events: visitorEvents,
    conversationId,
    look: () => everything(house),
  };
}

async function hostileAgent(house: House): Promise<Attacker> {
  const noa = await house.hire('Noa');
  const { socket } = await house.visitor();
  const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'hello' });
  return {
    connect: async () => (await house.agent(noa.cookie)).socket,
    events: agentEvents,
    conversationId: message.conversationId,
    look: () => everything(house),
  };
}

const people = [
  ['a visitor', hostileVisitor],
  ['an agent', hostileAgent],
] as const;

function refusalOf(reply: Reply<unknown>): ErrorReply {
  return reply.ok ? { code: 'internal', message: 'was accepted' } : reply.error;
}

describe.each(databases)('on $name', ({ open }) => {
  test.each(people)('whatever %s puts into any field of any request is refused by its name, and changes nothing', async (_who, arrive) => {
    const house = await open(unlimited);
    const attacker = await arrive(house);
    const bystanders = await seatBystanders(house);
    const before = await attacker.look();
    const surprises: unknown[] = [];
    for (const [event, { fields, sample }] of Object.entries(attacker.events)) {
      const socket = await attacker.connect();
      const attacks = spoil(sample(attacker.conversationId), fields);
      const replies = await Promise.all(attacks.map(({ payload }) => ask(socket, event, payload)));
      attacks.forEach(({ field, payload }, index) => {
        const refusal = refusalOf(replies[index] as Reply<unknown>);
        const isRefused = (refusal.code === 'invalid' || refusal.code === 'too-large') && refusal.field?.split('.')[0] === field;
        if (!isRefused) surprises.push({ event, field, value: String(payload[field]).slice(0, 40), refusal });
      });
      socket.disconnect();
    }
    expect(surprises).toEqual([]);
    expect(await attacker.look()).toEqual(before);
    await bystanders.expectUnharmed();
  });
});

test.each(people)('what is no request at all gets an answer whenever %s asks for one', async (_who, arrive) => {
  const house = await openHouse(unlimited);
  const attacker = await arrive(house);
  const bystanders = await seatBystanders(house);
  const before = await attacker.look();
  const surprises: unknown[] = [];
  for (const [event, { fields }] of Object.entries(attacker.events)) {
    const socket = await attacker.connect();
    const hasRequired = Object.values(fields).some(({ isRequired }) => isRequired);
    const payloads = [...wrongPayloads, Buffer.from('bytes'), [Buffer.from('bytes')], JSON.parse(nested(2_000))];
    for (const payload of payloads) {
      const isEmptyRequest =
        !hasRequired && (event === 'conversation:list' || (typeof payload === 'object' && payload !== null && !Array.isArray(payload)));
      // A request indeed: it takes whoever is next.
      if (isEmptyRequest && event === 'conversation:pick') continue;
      const reply = await ask(socket, event, payload);
      if (isEmptyRequest ? !reply.ok : refusalOf(reply).code !== 'invalid')
        surprises.push({ event, payload: JSON.stringify(payload)?.slice(0, 60), reply });
    }
    expect(refusalOf(await socket.timeout(5_000).emitWithAck(event)).code).toBe(event === 'conversation:list' ? 'internal' : 'invalid');
    socket.disconnect();
  }
  expect(surprises).toEqual([]);
  expect(await attacker.look()).toEqual(before);
  await bystanders.expectUnharmed();
});

test.each(people)('nothing that %s says without asking for an answer harms anybody', async (_who, arrive) => {
  const house = await openHouse(unlimited);
  const attacker = await arrive(house);
  const bystanders = await seatBystanders(house);
  for (const [event, { fields, sample }] of Object.entries(attacker.events)) {
    const socket = await attacker.connect();
    const valid = sample(attacker.conversationId);
    socket.emit(event);
    for (const payload of [...wrongPayloads, ...spoil(valid, fields).map((attack) => attack.payload)]) socket.emit(event, payload);
    socket.emit(event, { ...valid, id: nanoid() }, 'one more', ['and', { another: 'argument' }]);
    // An answer to something later says that all of that has been heard.
    expect(refusalOf(await ask(socket, 'no:such:request')).code).toBe('invalid');
    socket.disconnect();
  }
  await bystanders.expectUnharmed();
});

test.each(people)('a request that %s invents is refused like any other mistake', async (_who, arrive) => {
  const house = await openHouse(unlimited);
  const attacker = await arrive(house);
  const bystanders = await seatBystanders(house);
  const socket = await attacker.connect();
  const names = [
    '',
    ' ',
    'message:posted',
    'session:started',
    'server:closing',
    'error',
    'data',
    'close',
    'end',
    'packet',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'x'.repeat(100_000),
    '*',
    '\0',
    '\ud800',
  ];
  for (const name of names) expect(await ask(socket, name, {}), name.slice(0, 30)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  for (const name of names) socket.emit(name);
  expect(refusalOf(await ask(socket, 'still there?')).code).toBe('invalid');
  await bystanders.expectUnharmed();
});

test('a megabyte over the socket cuts its sender off, and nobody else', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  for (const size of [1_000_000, 5_000_000]) {
    for (const transport of ['websocket', 'polling'] as const) {
      const { socket } = await house.visitor({}, { transports: [transport] });
      const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve));
      socket.emit('message:post', { id: nanoid(), text: 'x'.repeat(size) });
      await gone;
      await bystanders.chat();
    }
    const agent = await house.agent();
    const gone = new Promise<string>((resolve) => agent.socket.once('disconnect', resolve));
    agent.socket.emit('message:post', { id: nanoid(), conversationId: bystanders.conversationId, text: Buffer.alloc(size) });
    await gone;
  }
  const { socket } = await house.visitor();
  expect(await ask(socket, 'message:post', { id: nanoid(), text: 'x'.repeat(200_000) })).toMatchObject({
    ok: false,
    error: { code: 'too-large' },
  });
  await bystanders.expectUnharmed();
});
