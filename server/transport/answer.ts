import type { Logger } from 'pino';
import type { Namespace, Socket } from 'socket.io';
import type * as z from 'zod';
import { AppError, type ErrorReply, type Reply } from '../../shared/errors.ts';
import { parse } from './parse.ts';
import type { Wire } from './wire.ts';

type Acknowledge = (reply: Reply<unknown>) => void;

/** Refusals of one connection that are forgiven before it is closed: a client in a loop, or somebody hostile. */
const REFUSALS_MAX = 1_000;

/**
 * The requests of one namespace. Bound once for all its connections, because an idle visitor should not hold a listener
 * for each. A `Desk` is what one connection works with.
 */
export class Requests<Desk> {
  readonly #wire: Wire;
  readonly #admit: (event: string, desk: Desk) => void;
  readonly #runs = new Map<string, (payload: unknown, desk: Desk) => unknown>();

  /** `admit` throws for whoever may not ask this at all. */
  constructor(wire: Wire, admit: (event: string, desk: Desk) => void = () => undefined) {
    this.#wire = wire;
    this.#admit = admit;
  }

  /** Missing or wild arguments are `invalid`, and `run` hears nothing of them. */
  answer<Schema extends z.ZodType>(event: string, schema: Schema, run: (payload: z.output<Schema>, desk: Desk) => unknown): void {
    this.#runs.set(event, (payload, desk) => run(parse(schema, payload), desk));
  }

  /** From now on the connection's requests are answered, and whatever else it says is refused. */
  attend(socket: Socket, desk: Desk): void {
    let refusals = 0;
    // As Socket.IO's middleware that passes nothing on, because listeners are called a turn later and one by one.
    socket.use(([event, ...args]) => {
      // What was read before the connection was ended, by a revoked session perhaps, is not answered after it.
      if (!socket.connected) return;
      void this.#respond(socket, desk, { event, args }).then((isRefused) => {
        if (isRefused) refusals += 1;
        if (refusals > REFUSALS_MAX) socket.disconnect(true);
      });
    });
  }

  /**
   * Limit, parse, run, always reply. This is the socket side's only catch. A missing acknowledgement is no mistake: the
   * request runs, nobody hears of it. Resolves with whether the request was refused.
   */
  async #respond(socket: Socket, desk: Desk, { event, args }: { event: string; args: unknown[] }): Promise<boolean> {
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : null;
    const payload = acknowledge && args.length === 1 ? undefined : args[0];
    try {
      await this.#wire.limits.spend('events', socket.id);
      const run = this.#runs.get(event);
      if (!run) throw new AppError('invalid', 'There is no such request.');
      this.#admit(event, desk);
      const data = await run(payload, desk);
      acknowledge?.({ ok: true, data: data ?? {} });
      return false;
    } catch (error) {
      acknowledge?.({ ok: false, error: toErrorReply(this.#wire.log, error, String(event).slice(0, 60)) });
      return true;
    }
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

/** Socket.IO lets anybody into its default namespace, where a connection would be no one's and never end. */
export function refuseNamespace({ log }: Wire, namespace: Namespace): void {
  namespace.use((_socket, next) => next(toConnectError(log, new AppError('not-found', 'There is no such namespace.'))));
}
