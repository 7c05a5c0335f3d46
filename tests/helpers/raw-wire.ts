/** TCP and WebSocket by hand: what no well-behaved client library would send. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { onTestFinished } from 'vitest';

/** A bare TCP connection. Whatever the other end does to it is noted, never thrown. */
export class RawWire {
  readonly socket: net.Socket;
  readonly closed: Promise<void>;
  isClosed = false;
  #heard = Buffer.alloc(0);

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.isClosed = true;
        resolve();
      });
    });
    onTestFinished(() => void socket.destroy());
  }

  static open(url: string): Promise<RawWire> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = net.connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawWire(socket)));
    });
  }

  get heard(): Buffer {
    return this.#heard;
  }

  get text(): string {
    return this.#heard.toString('utf8');
  }

  write(bytes: string | Buffer): void {
    if (!this.isClosed) this.socket.write(bytes);
  }

  /** Resolves once this was heard; rejects if the other end closes without it. */
  hears(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!pattern.test(this.text)) return;
        this.socket.off('data', look);
        resolve(this.text);
      };
      this.socket.on('data', look);
      void this.closed.then(() => reject(new Error(`closed before ${pattern} was heard: ${this.text.slice(0, 300)}`)));
      look();
    });
  }
}

/** Whether the server has said over a WebSocket that it is over. It then waits for an answer before it hangs up, which we owe it. */
function isEnded(heard: Buffer): boolean {
  let at = heard.indexOf('\r\n\r\n') + 4;
  while (at + 2 <= heard.length) {
    const short = (heard[at + 1] as number) & 0x7f;
    if (((heard[at] as number) & 0x0f) === opcodes.close) return true;
    if (at + 10 > heard.length && short > 125) return false;
    at += short < 126 ? 2 + short : short === 126 ? 4 + heard.readUInt16BE(at + 2) : 10 + Number(heard.readBigUInt64BE(at + 2));
  }
  return false;
}

/** One HTTP request written out, and everything that came back until the server closed. */
export async function knock(url: string, request: string | Buffer): Promise<string> {
  const wire = await RawWire.open(url);
  wire.write(request);
  await wire.closed;
  return wire.text;
}

/** Many GETs written at once on one connection; the status of each. */
export async function getAll(url: string, paths: readonly string[], headers: Record<string, string> = {}): Promise<number[]> {
  const lines = Object.entries({ host: new URL(url).host, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const requests = paths.map(
    (path, index) => `GET ${path} HTTP/1.1\r\n${lines}${index === paths.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
  );
  const answers = await knock(url, requests.join(''));
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10, reserved: 11 } as const;

interface FrameOptions {
  opcode?: number;
  isMasked?: boolean;
  isFinal?: boolean;
  reservedBits?: number;
  /** What the header claims, whatever follows it. */
  claimedLength?: number;
}

export function frame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { isMasked = true, isFinal = true, reservedBits = 0 } = options;
  const bytes = Buffer.from(payload);
  const opcode = options.opcode ?? (typeof payload === 'string' ? opcodes.text : opcodes.binary);
  const length = options.claimedLength ?? bytes.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (isFinal ? 0x80 : 0) | (reservedBits << 4) | opcode;
  head[1] = (isMasked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  if (!isMasked) return Buffer.concat([head, bytes]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, bytes.map((byte, index) => byte ^ (mask[index % 4] as number))]);
}

/** Engine.IO over a WebSocket, spoken frame by frame. The upgrade has been answered when it is returned. */
export async function openRawSocket(url: string, headers: Record<string, string> = {}): Promise<RawWire> {
  const wire = await RawWire.open(url);
  const key = randomBytes(16).toString('base64');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${new URL(url).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${lines.join('')}\r\n`,
  );
  // The engine's own first packet: {"sid":…}
  await wire.hears(/"sid"/);
  wire.socket.on('data', () => {
    if (isEnded(wire.heard)) wire.socket.end();
  });
  return wire;
}

/** A raw socket whose `/visitor` session has begun. */
export async function openRawVisitor(url: string, inboxKey: string): Promise<RawWire> {
  const wire = await openRawSocket(url);
  wire.write(frame(`40/visitor,${JSON.stringify({ inbox: inboxKey })}`));
  await wire.hears(/session:started/);
  return wire;
}

/** Engine.IO over long-polling: a session that has been opened, and its two requests. */
export async function openPolling(url: string) {
  const address = `${url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
  return {
    sid,
    poll: () => fetch(`${address}&sid=${sid}`),
    post: (body: BodyInit, headers: Record<string, string> = { 'Content-Type': 'text/plain;charset=UTF-8' }) =>
      fetch(`${address}&sid=${sid}`, { method: 'POST', body, headers }),
  };
}
