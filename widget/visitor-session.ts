import { signal } from '@preact/signals-core';
import type { VisitorHandshake } from '../shared/contact.ts';
import type { ErrorReply, Reply } from '../shared/errors.ts';
import type { VisitorFacts, VisitorSession } from '../shared/events.ts';
import { Link } from '../shared/link.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import type { VisitorToken } from './visitor-token.ts';

/** `live`: the session has started. `refused`: the server does not serve this page; see `refusal`. */
export type ChatStatus = 'idle' | 'connecting' | 'live' | 'lost' | 'refused';

export interface SessionOptions {
  serverUrl: string;
  inboxKey: string;
  token: VisitorToken;
  clock: Clock;
  webSocket?: typeof WebSocket | null | undefined;
  /** Where the client stands, asked anew for each handshake. Conversations are named only by a visitor who is known. */
  describe: (isKnown: boolean) => Omit<VisitorHandshake, 'inbox' | 'token' | 'identity'>;
  /** Called before `status` is `live`. */
  onStarted: (session: VisitorSession, asked: VisitorHandshake) => void;
  onLive: () => void;
  onLost: () => void;
  /** Another tab made somebody else of this browser while this one shook hands. */
  onOvertaken: (asked: VisitorHandshake) => void;
}

/** A page that is looked at again asks whether its connection still lives, and does not wait long for an answer. */
export const PROBE_TIMEOUT_MS = 5_000;
const WAKE_EVERY_MS = 1_000;
/** Dialling takes a moment; a page that is looked at again meanwhile does not start it over. */
const REDIAL_EVERY_MS = 4_000;

/** One tab's connection as this browser's visitor: from the first token to the session that has started. */
export function createSession(options: SessionOptions) {
  const { token, clock, inboxKey } = options;
  const status = signal<ChatStatus>('idle');
  const refusal = signal<ErrorReply | null>(null);
  let identity: string | undefined;
  let asked: VisitorHandshake = { inbox: inboxKey };
  /** 0 while it waits for its turn to be given a token. */
  let dialledAt = 0;
  let wokenAt = 0;

  function handshake(): VisitorHandshake {
    dialledAt = clock.now();
    const known = token.current();
    asked = {
      inbox: inboxKey,
      ...options.describe(known !== undefined),
      ...(known !== undefined && { token: known }),
      ...(identity !== undefined && { identity }),
    };
    return asked;
  }

  const { serverUrl, webSocket } = options;
  const socket = new Connection({ serverUrl, handshake, ...(webSocket !== undefined && { webSocket }) });
  const link = new Link({
    socket,
    schedule: (ms, job) => clock.schedule(ms, job),
    onRefused(error) {
      if (identity !== undefined) {
        // A signature that is not accepted must not cost the visitor the chat: go on as who we are without it.
        identity = undefined;
        link.restart();
        return;
      }
      token.release();
      refusal.value = error;
      status.value = 'refused';
    },
    onConnectedChange(isConnected) {
      if (isConnected || status.value !== 'live') return;
      status.value = 'lost';
      options.onLost();
    },
  });

  socket.on('session:started', (session: VisitorSession) => {
    if (status.value === 'idle') return;
    if (!token.settle(session.token, asked.token)) {
      options.onOvertaken(asked);
      redial();
      return;
    }
    options.onStarted(session, asked);
    refusal.value = null;
    status.value = 'live';
    options.onLive();
  });

  /** Dials again, as whoever the storage says we are by then. */
  function redial(): void {
    if (status.value === 'idle') return;
    status.value = 'connecting';
    dialledAt = 0;
    link.close();
    void token.claim().then(() => {
      if (status.value === 'connecting') link.open();
    });
  }

  return {
    status,
    refusal,
    isLive: () => status.value === 'live',
    redial,
    request: <Data>(event: string, payload: unknown, timeoutMs?: number): Promise<Reply<Data>> => link.request(event, payload, timeoutMs),
    tell: (event: string, payload: unknown) => link.tell(event, payload),
    hear: <Fact extends keyof VisitorFacts>(fact: Fact, listener: VisitorFacts[Fact]) => socket.on(fact, listener),

    start(): void {
      if (status.value !== 'idle' && status.value !== 'refused') return;
      status.value = 'connecting';
      redial();
    },

    stop(): void {
      status.value = 'idle';
      link.close();
      token.release();
    },

    redialLater(): void {
      clock.schedule(REDIAL_EVERY_MS, redial);
    },

    /** False if there is nothing that could be probed: it is dialling, or was woken a moment ago. */
    wake(): boolean {
      const now = clock.now();
      if (dialledAt === 0 || status.value === 'refused' || now - wokenAt < WAKE_EVERY_MS) return false;
      wokenAt = now;
      if (!socket.connected && now - dialledAt > REDIAL_EVERY_MS) link.restart();
      return status.value === 'live';
    },

    /** A JWT by which the site's server says who this is. */
    setIdentity(next: string | undefined): void {
      identity = next;
    },
  };
}
