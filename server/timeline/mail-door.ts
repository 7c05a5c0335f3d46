/** Listens for mail (SMTP) at the addresses that answers come to, and takes nothing else. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { AppError } from '../../shared/errors.ts';
import { StartupError } from '../storage/database.ts';
import type { ActivityRow } from '../storage/tables.ts';
import { findAnswered, type MailRoom, takeMail } from './incoming-mail.ts';

/** As mail servers send at the most; of what is in it, each file has the limit of all files. */
const LETTER_BYTES_MAX = 30 * 1024 * 1024;
const RECIPIENTS_MAX = 10;
const WRONG_ADDRESSES_MAX = 10;
const CONNECTIONS_MAX = 50;
const SILENCE_MAX_MS = 60_000;

type Refused = Error & { responseCode: number };
type Done = (error?: Error | null, message?: string) => void;

/** What one connection has asked for so far. */
interface Visit {
  answered: Map<string, ActivityRow>;
  wrong: number;
}

export class MailDoor {
  readonly #room: MailRoom;
  readonly #server: SMTPServer;
  readonly #visits = new WeakMap<SMTPServerSession, Visit>();
  /** Where it listens; null while it does not. */
  port: number | null = null;

  constructor(room: MailRoom) {
    this.#room = room;
    this.#server = new SMTPServer({
      name: room.app.config.inboundMail?.address.split('@')[1] ?? 'kesher',
      banner: '',
      logger: false,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: LETTER_BYTES_MAX,
      maxClients: CONNECTIONS_MAX,
      socketTimeout: SILENCE_MAX_MS,
      closeTimeout: 2_000,
      onConnect: (session, done) => this.#reply(done, () => room.app.limits.spend('inboundMails', session.remoteAddress)),
      onMailFrom: (_address, session, done) => {
        this.#visits.set(session, { answered: new Map(), wrong: this.#visits.get(session)?.wrong ?? 0 });
        done();
      },
      onRcptTo: (address, session, done) => this.#reply(done, () => this.#admit(address, session)),
      onData: (stream, session, done) => this.#reply(done, () => this.#take(stream, session)),
    });
    this.#server.on('error', (error) => room.app.log.info({ reason: error.message }, 'a mail connection has ended badly'));
  }

  async listen(): Promise<void> {
    const { inboundMail } = this.#room.app.config;
    if (!inboundMail) return;
    const { server } = this.#server;
    await new Promise<void>((resolve, reject) => {
      const fail = ({ code, message }: NodeJS.ErrnoException) => {
        const why = `${inboundMail.host}:${inboundMail.port} (${code ?? message}). Ports below 1024 need a right of their own.`;
        reject(new StartupError(`INBOUND_MAIL_PORT: mail cannot be listened for at ${why}`));
      };
      server.once('error', fail);
      this.#server.listen(inboundMail.port, inboundMail.host, () => {
        server.off('error', fail);
        resolve();
      });
    });
    this.port = (this.#server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (this.port === null) return;
    this.port = null;
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #admit({ address }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const visit = this.#visits.get(session);
    if (!visit) throw refusal(503, 'MAIL FROM comes first');
    if (visit.answered.size >= RECIPIENTS_MAX) throw refusal(452, 'Too many recipients');
    const answered = visit.wrong >= WRONG_ADDRESSES_MAX ? null : await findAnswered(this.#room.app, address);
    if (answered) {
      visit.answered.set(answered.id, answered);
      return;
    }
    visit.wrong += 1;
    throw refusal(550, '5.1.1 There is no such address here');
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of stream as AsyncIterable<Buffer>) {
      bytes += part.length;
      // The rest is read and forgotten, so that the sender gets to hear why.
      if (bytes <= LETTER_BYTES_MAX) parts.push(part);
    }
    if (stream.sizeExceeded || bytes > LETTER_BYTES_MAX) throw refusal(552, '5.3.4 The message is too large');
    const { mailFrom } = session.envelope;
    const letter = { raw: Buffer.concat(parts), envelopeFrom: mailFrom === false ? '' : mailFrom.address };
    for (const answered of this.#visits.get(session)?.answered.values() ?? []) await takeMail(this.#room, answered, letter);
  }

  /** Every way that it can end is an answer: what cannot be done just now is to be tried again by the sender. */
  #reply(done: Done, run: () => Promise<void>): void {
    run().then(
      () => done(),
      (error: unknown) => {
        if (typeof (error as Partial<Refused>).responseCode === 'number') return done(error as Refused);
        if (error instanceof AppError && error.code !== 'internal') {
          const isLater = error.code === 'too-many' || error.code === 'unavailable';
          return done(isLater ? refusal(451, '4.3.0 Please try again later') : refusal(554, '5.6.0 The message cannot be taken'));
        }
        this.#room.app.log.error({ err: error }, 'a letter could not be taken');
        done(refusal(451, '4.3.0 Please try again later'));
      },
    );
  }
}

function refusal(responseCode: number, message: string): Refused {
  return Object.assign(new Error(message), { responseCode });
}
