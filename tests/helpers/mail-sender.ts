/** Another mail server, which brings us letters: raw SMTP, so that it can be as rude as it likes. */
import { createConnection, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';

export interface Delivery {
  from?: string;
  to: string | readonly string[];
  raw: string | Buffer;
}

/** The last answer: `250 …` where it was taken. */
export async function deliver(port: number, { from = 'ruth@example.com', to, raw }: Delivery): Promise<string> {
  const line = new MailLine(port);
  try {
    await line.hears();
    await line.says('EHLO mx.example.com');
    const sender = await line.says(`MAIL FROM:<${from}>`);
    if (!sender.startsWith('2')) return sender;
    let taken = 0;
    let refusal = '';
    for (const address of [to].flat()) {
      const answer = await line.says(`RCPT TO:<${address}>`);
      if (answer.startsWith('2')) taken += 1;
      else refusal = answer;
    }
    if (taken === 0) return refusal;
    const go = await line.says('DATA');
    if (!go.startsWith('3')) return go;
    line.pours(raw.toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..'));
    return await line.says('\r\n.');
  } finally {
    line.close();
  }
}

class MailLine {
  readonly #socket: Socket;
  readonly #lines: Interface;
  readonly #heard: AsyncIterator<string>;

  constructor(port: number) {
    this.#socket = createConnection({ port, host: '127.0.0.1' });
    this.#lines = createInterface({ input: this.#socket });
    this.#heard = this.#lines[Symbol.asyncIterator]();
  }

  /** A whole answer, of which the last line has a space after its number. */
  async hears(): Promise<string> {
    for (;;) {
      const { value, done } = await this.#heard.next();
      if (done) return '000 the line is dead';
      if (/^\d{3} /.test(value)) return value;
    }
  }

  says(words: string): Promise<string> {
    this.#socket.write(`${words}\r\n`);
    return this.hears();
  }

  pours(content: string): void {
    this.#socket.write(content, 'latin1');
  }

  close(): void {
    this.#lines.close();
    this.#socket.destroy();
  }
}
