import { randomBytes } from 'node:crypto';
import net from 'node:net';

/** A handshake as Chromium sends it, because an idle visitor's memory is also what a server keeps of these headers. */
const browserHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
  'accept-language': 'he-IL,he;q=0.9,en-US;q=0.8,en;q=0.7',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  origin: 'https://shop.example',
};

const TEXT_FRAME = 0x81;
/** The server must undo a mask, whichever it is. */
const mask = [0x37, 0xfa, 0x21, 0x3d] as const;

/**
 * The client's half of a WebSocket, for short text messages. A library for everything would take more CPU a message than
 * the servers do, so on two cores it would be what is measured.
 */
export class WireSocket {
  readonly #stream: net.Socket;
  readonly #onText: (text: string) => void;
  readonly #onEnd: (why: Error) => void;
  #unread: Buffer | null = null;
  #isOpen = false;

  constructor(url: URL, headers: Record<string, string>, listeners: { onText: (text: string) => void; onEnd: (why: Error) => void }) {
    this.#onText = listeners.onText;
    this.#onEnd = listeners.onEnd;
    this.#stream = net.connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    this.#stream.on('data', (chunk) => this.#read(this.#unread ? Buffer.concat([this.#unread, chunk]) : chunk));
    this.#stream.on('error', this.#onEnd);
    this.#stream.on('close', () => this.#onEnd(new Error('The server closed the connection.')));
    const lines = Object.entries({ host: url.host, ...browserHeaders, ...headers }).map(([name, value]) => `${name}: ${value}`);
    const key = randomBytes(16).toString('base64');
    this.#stream.write([`GET ${url.pathname}${url.search} HTTP/1.1`, ...lines, `sec-websocket-key: ${key}`, '', ''].join('\r\n'));
  }

  send(text: string): void {
    const length = Buffer.byteLength(text);
    const start = length < 126 ? 6 : 8;
    const frame = Buffer.allocUnsafe(start + length);
    frame[0] = TEXT_FRAME;
    frame[1] = 0x80 | Math.min(length, 126);
    if (length >= 126) frame.writeUInt16BE(length, 2);
    frame.set(mask, start - 4);
    frame.write(text, start);
    for (let at = 0; at < length; at += 1) frame[start + at] = (frame[start + at] as number) ^ (mask[at & 3] as number);
    this.#stream.write(frame);
  }

  close(): void {
    this.#stream.removeAllListeners('close');
    this.#stream.destroy();
  }

  #read(bytes: Buffer): void {
    let at = this.#isOpen ? 0 : this.#readHandshake(bytes);
    while (this.#isOpen && bytes.length - at >= 2) {
      const short = (bytes[at + 1] as number) & 0x7f;
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
      if (bytes.length < start) break;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (bytes.length < start + length) break;
      if (bytes[at] === TEXT_FRAME) this.#onText(bytes.toString('utf8', start, start + length));
      at = start + length;
    }
    this.#unread = at < bytes.length ? bytes.subarray(at) : null;
  }

  /** Where the frames begin; 0 while the answer has not come whole. */
  #readHandshake(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'));
    if (!status.startsWith('HTTP/1.1 101 ')) this.#onEnd(new Error(`The server answered the handshake with ${status}.`));
    this.#isOpen = true;
    return end + 4;
  }
}
