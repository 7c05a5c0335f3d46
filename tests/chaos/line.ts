import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The network between one person's tab and the server, with everything that can happen to it. The tab knows only `url`. */
export class Line {
  /** Added to everything that goes through, in either direction and in its order. */
  lagMs: () => number = () => 0;
  /** Everything that the server says, as it leaves the server and whether or not it ever arrives; not always in whole words. */
  onServerSaid: (words: string) => void = () => {};
  /** When new connections came, by `performance.now()`. */
  readonly dials: number[] = [];
  /** New connections are reset at once. */
  isRefusing = false;
  /** New connections are taken, and then nothing moves. */
  isSilent = false;
  readonly #serverPort: number;
  readonly #server: Server;
  readonly #wires = new Set<Wire>();

  private constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async open(serverPort: number): Promise<Line> {
    const line = new Line(serverPort);
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get isConnected(): boolean {
    return this.#wires.size > 0;
  }

  /** Every connection ends with a reset on both sides. */
  cut(): void {
    for (const wire of this.#wires) wire.cut();
  }

  /**
   * Half-open: on the connections of now nothing moves any more, and neither side is told anything, not even that the other has
   * closed. `downwards`: the server still hears, and only its words get lost. The returned function lets everything
   * that has gathered arrive after all.
   */
  freeze({ downwards = false } = {}): () => void {
    const frozen = [...this.#wires];
    for (const wire of frozen) wire.freeze(downwards);
    return () => {
      for (const wire of frozen) wire.thaw();
    };
  }

  /** The network is as it should be; what was frozen is cut. */
  heal(): void {
    this.isRefusing = false;
    this.isSilent = false;
    this.lagMs = () => 0;
    for (const wire of this.#wires) if (wire.isFrozen) wire.cut();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }

  #accept(client: Socket): void {
    this.dials.push(performance.now());
    if (this.isRefusing) {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const wire = new Wire(client, connect(this.#serverPort, '127.0.0.1'), () => this.lagMs());
    this.#wires.add(wire);
    wire.onEnded = () => this.#wires.delete(wire);
    // Frames that a server sends are not masked, so its words can be read.
    wire.onServerSaid = (chunk) => this.onServerSaid(chunk.toString('latin1'));
    if (this.isSilent) wire.freeze(false);
  }
}

/** One connection: two sockets, and two directions between them. */
class Wire {
  onEnded = () => {};
  onServerSaid = (_chunk: Buffer) => {};
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #up: Direction;
  readonly #down: Direction;

  constructor(client: Socket, server: Socket, lagMs: () => number) {
    this.#client = client;
    this.#server = server;
    this.#up = new Direction(server, lagMs);
    this.#down = new Direction(client, lagMs);
    client.setNoDelay(true);
    server.setNoDelay(true);
    client.on('data', (chunk) => this.#up.carry(chunk)).on('error', () => {});
    client.on('close', () => {
      this.#up.carry(null);
      this.#noticeEnd();
    });
    server.on('data', (chunk) => {
      this.onServerSaid(chunk);
      this.#down.carry(chunk);
    });
    server.on('error', () => {});
    server.on('close', () => {
      this.#down.carry(null);
      this.#noticeEnd();
    });
  }

  get isFrozen(): boolean {
    return this.#up.isFrozen || this.#down.isFrozen;
  }

  freeze(downwards: boolean): void {
    this.#down.isFrozen = true;
    if (!downwards) this.#up.isFrozen = true;
  }

  thaw(): void {
    for (const direction of [this.#up, this.#down]) {
      direction.isFrozen = false;
      direction.flow();
    }
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  #noticeEnd(): void {
    if (this.#client.destroyed && this.#server.destroyed) this.onEnded();
  }
}

/** One way of a connection: keeps the order, whatever the delay. `null` stands for the end. */
class Direction {
  isFrozen = false;
  readonly #to: Socket;
  readonly #lagMs: () => number;
  readonly #queue: { chunk: Buffer | null; dueAt: number }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(to: Socket, lagMs: () => number) {
    this.#to = to;
    this.#lagMs = lagMs;
  }

  carry(chunk: Buffer | null): void {
    const before = this.#queue.at(-1)?.dueAt ?? 0;
    this.#queue.push({ chunk, dueAt: Math.max(before, performance.now() + this.#lagMs()) });
    this.flow();
  }

  flow(): void {
    if (this.#timer) return;
    for (let next = this.#queue[0]; next && !this.isFrozen; next = this.#queue[0]) {
      const waitMs = next.dueAt - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => {
          this.#timer = null;
          this.flow();
        }, waitMs);
        return;
      }
      this.#queue.shift();
      if (next.chunk) this.#to.write(next.chunk);
      else this.#to.destroy();
    }
  }
}
