import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import type * as z from 'zod';
import { AppError, type ErrorReply, type Reply } from '../../shared/errors.ts';
import { parse } from './parse.ts';
import type { Wire } from './wire.ts';

type Acknowledge = (reply: Reply<unknown>) => void;

/** Refusals of one connection that are forgiven before it is closed: a client in a loop, or somebody hostile. */
const REFUSALS_MAX = 1_000;

/** A socket whose events are bound with `answer`; `answered` knows them, so that any other event is refused. */
export interface AnsweringSocket {
  socket: Socket;
  wire: Wire;
  answered: Set<string>;
  refusals: number;
}

export function answering(wire: Wire, socket: Socket): AnsweringSocket {
  const edge: AnsweringSocket = { socket, wire, answered: new Set(), refusals: 0 };
  socket.onAny((event: unknown, ...args: unknown[]) => {
    if (typeof event === 'string' && edge.answered.has(event)) return;
    void respond(edge, String(event).slice(0, 60), args, () => {
      throw new AppError('invalid', 'There is no such request.');
    });
  });
  return edge;
}

/**
 * Binds one request: limit, parse, run, always reply. This is the socket side's only catch. A missing
 * acknowledgement is no mistake (the request runs, nobody hears of it); missing or wild arguments are `invalid`.
 */
export function answer<Schema extends z.ZodType>(
  edge: AnsweringSocket,
  event: string,
  schema: Schema,
  run: (payload: z.output<Schema>) => unknown,
): void {
  edge.answered.add(event);
  edge.socket.on(event, (...args: unknown[]) => void respond(edge, event, args, (payload) => run(parse(schema, payload))));
}

async function respond(edge: AnsweringSocket, event: string, args: unknown[], run: (payload: unknown) => unknown): Promise<void> {
  const last = args.at(-1);
  const acknowledge = typeof last === 'function' ? (last as Acknowledge) : null;
  const payload = acknowledge && args.length === 1 ? undefined : args[0];
  try {
    await edge.wire.limits.spend('events', edge.socket.id);
    const data = await run(payload);
    acknowledge?.({ ok: true, data: data ?? {} });
  } catch (error) {
    acknowledge?.({ ok: false, error: toErrorReply(edge.wire.log, error, event) });
    edge.refusals += 1;
    if (edge.refusals > REFUSALS_MAX) edge.socket.disconnect(true);
  }
}

/** A refusal goes out as it is; anything else is our fault, is logged whole and told as `internal` without its details. */
export function toErrorReply(log: Logger, error: unknown, where: string): ErrorReply {
  if (error instanceof AppError) {
    if (error.cause !== undefined) log.warn({ err: error.cause, where }, error.message);
    return error.toReply();
  }
  log.error({ err: error, where }, 'a request failed');
  return { code: 'internal', message: 'Something failed on our side.' };
}

/** What a namespace's middleware refuses with: Socket.IO sends `data` to the client in `connect_error`. */
export function toConnectError(log: Logger, error: unknown): Error & { data: ErrorReply } {
  const reply = toErrorReply(log, error, 'handshake');
  return Object.assign(new Error(reply.message), { data: reply });
}
