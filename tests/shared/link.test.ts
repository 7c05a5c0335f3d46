import { describe, expect, it } from 'vitest';
import type { ErrorReply } from '../../shared/errors.ts';
import { Link, type LinkSocket } from '../../shared/link.ts';

/** A socket whose far end is the test, and a clock that runs when the test says so. */
function openLine() {
  const listeners = new Map<string, (...facts: unknown[]) => void>();
  const emitted: { event: string; payload: unknown; reply?: (reply: unknown) => void }[] = [];
  const timers = new Set<{ at: number; job: () => void }>();
  let now = 0;
  const tell = (event: string, ...facts: unknown[]) => listeners.get(event)?.(...facts);
  const socket = {
    connected: false,
    active: false,
    dials: 0,
    connect() {
      socket.dials += 1;
      socket.active = true;
    },
    disconnect() {
      const wasConnected = socket.connected;
      socket.connected = false;
      socket.active = false;
      if (wasConnected) tell('disconnect');
    },
    on: (event: string, listener: (...facts: unknown[]) => void) => void listeners.set(event, listener),
    emit: (event: string, payload: unknown, reply?: (reply: unknown) => void) =>
      void emitted.push({ event, payload, ...(reply && { reply }) }),
  };
  const refusals: ErrorReply[] = [];
  const changes: boolean[] = [];
  const link = new Link({
    socket: socket satisfies LinkSocket,
    schedule(ms, job) {
      const timer = { at: now + ms, job };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    onRefused: (error) => refusals.push(error),
    onConnectedChange: (isConnected) => changes.push(isConnected),
  });
  return {
    link,
    socket,
    emitted,
    refusals,
    changes,
    tell,
    letIn() {
      socket.connected = true;
      tell('connect');
    },
    /** The network goes away; `willRetry`: whether the socket dials again by itself. */
    cut(willRetry = true) {
      socket.connected = false;
      socket.active = willRetry;
      tell('disconnect');
    },
    refuse(error?: ErrorReply) {
      socket.active = false;
      tell('connect_error', Object.assign(new Error('refused'), { data: error }));
    },
    pass(ms: number) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.job();
      }
    },
  };
}

function openConnectedLine() {
  const line = openLine();
  line.link.open();
  line.letIn();
  return line;
}

describe('someone who asks the server', () => {
  it('gets the reply', async () => {
    const line = openConnectedLine();
    const asked = line.link.request('message:list', { conversationId: 'c' });
    line.emitted[0]?.reply?.({ ok: true, data: 7 });
    expect(await asked).toEqual({ ok: true, data: 7 });
    expect(line.emitted[0]).toMatchObject({ event: 'message:list', payload: { conversationId: 'c' } });
  });

  it('is told at once when there is no connection', async () => {
    const line = openLine();
    expect(await line.link.request('message:list', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(line.emitted).toEqual([]);
  });

  it('is told when the connection breaks before the reply, and a late reply changes nothing', async () => {
    const line = openConnectedLine();
    const asked = line.link.request('message:post', {});
    line.cut();
    line.emitted[0]?.reply?.({ ok: true, data: {} });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  it('is told after a while without any answer, and the dead connection is made anew at once', async () => {
    const line = openConnectedLine();
    const asked = line.link.request('message:post', {}, 5_000);
    line.pass(4_999);
    expect(line.socket.dials).toBe(1);
    line.pass(1);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(line.socket.dials).toBe(2);
    expect(line.changes).toEqual([true, false]);
  });

  it('does not make the server hear late what may be lost', () => {
    const line = openLine();
    line.link.tell('typing:set', { text: 'a' });
    line.link.open();
    line.letIn();
    line.link.tell('typing:set', { text: 'ab' });
    expect(line.emitted.map(({ payload }) => payload)).toEqual([{ text: 'ab' }]);
  });
});

describe('someone whose server goes away', () => {
  it('comes back at the moment that a closing server named', () => {
    const line = openConnectedLine();
    line.tell('server:closing', { reconnectInMs: 800 });
    expect(line.socket.connected).toBe(false);
    line.pass(799);
    expect(line.socket.dials).toBe(1);
    line.pass(1);
    expect(line.socket.dials).toBe(2);
  });

  it('comes back after being put out', () => {
    const line = openConnectedLine();
    line.cut(false);
    line.pass(3_000);
    expect(line.socket.dials).toBe(2);
  });

  it('comes back after being put out a second time, even if it had once been closed in between', () => {
    const line = openConnectedLine();
    line.cut(false);
    line.link.close();
    line.link.open();
    line.letIn();
    line.cut(false);
    line.pass(3_000);
    expect(line.socket.dials).toBe(3);
  });

  it('leaves it to a socket that dials by itself', () => {
    const line = openConnectedLine();
    line.cut(true);
    line.pass(60_000);
    expect(line.socket.dials).toBe(1);
  });

  it('tries again after a refusal that will pass, and not sooner than asked', () => {
    const line = openLine();
    line.link.open();
    line.refuse({ code: 'too-many', message: 'slow down', retryAfterMs: 4_000 });
    line.pass(3_999);
    expect(line.socket.dials).toBe(1);
    line.pass(4_001);
    expect(line.socket.dials).toBe(2);
    expect(line.refusals).toEqual([]);
  });

  it('is told of a refusal that will not pass, and does not knock again', () => {
    const line = openLine();
    line.link.open();
    line.refuse({ code: 'forbidden', message: 'not here' });
    line.pass(600_000);
    expect(line.refusals).toEqual([{ code: 'forbidden', message: 'not here' }]);
    expect(line.socket.dials).toBe(1);
  });

  it('stays away once closed', () => {
    const line = openConnectedLine();
    line.tell('server:closing', { reconnectInMs: 800 });
    line.link.close();
    line.link.restart();
    line.pass(60_000);
    expect(line.socket.dials).toBe(1);
  });
});
