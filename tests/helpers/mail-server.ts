/** A real small mail server on a free port, which can be slow, rude or down. */
import { createServer, type Server } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

type Mood = 'kind' | 'slow' | 'busy' | 'rude';

export class MailServer {
  mood: Mood = 'kind';
  readonly letters: Email[] = [];
  /** Letters that were offered, taken or not. */
  offers = 0;
  #server: SMTPServer | null = null;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#port ||= await freePort();
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => {
        this.offers += 1;
        if (this.mood === 'rude') return done(refusal(550, 'No such person here'));
        if (this.mood === 'busy') return done(refusal(451, 'Come again later'));
        done();
      },
      onData: (stream, _session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const take = async () => {
            this.letters.push(await PostalMime.parse(Buffer.concat(parts)));
            done();
          };
          if (this.mood === 'slow') setTimeout(() => void take(), 1_000);
          else void take();
        });
      },
    });
    this.#server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }
}

export async function openMailServer(): Promise<MailServer> {
  const server = new MailServer();
  await server.start();
  onTestFinished(() => server.stop());
  return server;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe: Server = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
