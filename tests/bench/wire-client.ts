import { WireSocket } from './wire-socket.ts';

const CONNECT_WITHIN_MS = 20_000;

type Listener = (payload: unknown) => void;
/** Hears the reply as it came, in JSON; the crowd does not need to parse it. */
type ReplyListener = (reply: string) => void;

/** A Socket.IO connection that speaks just enough of the protocol. All the servers are met by this same client. */
export class WireClient {
  readonly #prefix: string;
  readonly #listeners = new Map<string, Listener>();
  readonly #waiting = new Map<number, ReplyListener>();
  #socket: WireSocket | null = null;
  #asked = 0;

  private constructor(namespace: string) {
    this.#prefix = `${namespace},`;
  }

  /** Resolves with the server's first fact, `session:started`. */
  static connect(
    url: string,
    namespace: '/visitor' | '/agent',
    { auth = {}, headers = {} }: { auth?: object; headers?: Record<string, string> } = {},
  ): Promise<WireClient> {
    const client = new WireClient(namespace);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${namespace} did not answer the handshake.`)), CONNECT_WITHIN_MS);
      client.on('session:started', () => {
        clearTimeout(timer);
        client.#listeners.delete('session:started');
        resolve(client);
      });
      client.#socket = new WireSocket(new URL('/socket.io/?EIO=4&transport=websocket', url), headers, {
        onText: (frame) => client.#hear(frame, auth),
        onEnd: (why) => {
          throw why;
        },
      });
    });
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  send(event: string, payload: object, onReply: ReplyListener): void {
    this.#asked += 1;
    this.#waiting.set(this.#asked, onReply);
    this.#socket?.send(`42${this.#prefix}${this.#asked}${JSON.stringify([event, payload])}`);
  }

  /** The reply's data, of a request that must succeed. */
  ask<Data>(event: string, payload: object): Promise<Data> {
    return new Promise((resolve, reject) => {
      this.send(event, payload, (reply) => {
        const { ok, data } = JSON.parse(reply) as { ok: boolean; data: Data };
        if (ok) resolve(data);
        else reject(new Error(`${event} was refused: ${reply}`));
      });
    });
  }

  close(): void {
    this.#socket?.close();
  }

  #hear(frame: string, auth: object): void {
    const start = 2 + this.#prefix.length;
    if (frame.startsWith('42')) this.#hearEvent(frame, start);
    else if (frame.startsWith('43')) this.#hearReply(frame, start);
    else if (frame === '2') this.#socket?.send('3');
    else if (frame.startsWith('0')) this.#socket?.send(`40${this.#prefix}${JSON.stringify(auth)}`);
    else if (!frame.startsWith('40')) throw new Error(`The server refused: ${frame}`);
  }

  /** `42/agent,["event",payload]`. Events that nobody here listens to are not parsed. */
  #hearEvent(frame: string, start: number): void {
    const listener = this.#listeners.get(frame.slice(start + 2, frame.indexOf('"', start + 2)));
    if (listener) listener(JSON.parse(frame.slice(start))[1]);
  }

  /** `43/visitor,17[reply]`. */
  #hearReply(frame: string, start: number): void {
    const bracket = frame.indexOf('[', start);
    const id = Number(frame.slice(start, bracket));
    const onReply = this.#waiting.get(id);
    if (!onReply) throw new Error(`Nothing was asked as ${id}.`);
    this.#waiting.delete(id);
    onReply(frame.slice(bracket + 1, -1));
  }
}
