import { createTransport, type Transporter } from 'nodemailer';
import type { App } from '../app.ts';
import type { MailRow } from '../storage/tables.ts';
import { findDueMail, updateMail } from './mail-store.ts';

const LOOK_EVERY_MS = 2_000;
const RETRY_MIN_MS = 30_000;
const RETRY_MAX_MS = 60 * 60 * 1_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1_000;
/** A letter under way when the server closes is waited for so long. */
const PATIENCE_MS = 2_000;

/** A letter that comes back to us with it is one of ours: it is not taken for an answer. */
export const SENT_BY_US = 'X-Kesher-Letter';

type SmtpError = Error & { code?: string; responseCode?: number };

/**
 * Sends what waits, one letter after the other, until the mail server has taken it or for a day. A letter is written down as
 * tried before it is tried, and carries the same Message-ID each time: where a connection dies between the last word and
 * its answer nobody can know, and the receiving side can tell that it is the same letter.
 */
export class Postman {
  readonly #app: App;
  readonly #transport: Transporter | null;
  readonly #timer: NodeJS.Timeout | null;
  /** Taken by the mail server, and not yet written down as such: it must not be sent again. */
  readonly #taken = new Set<string>();
  #round: Promise<void> | null = null;
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
    const { mail } = app.config;
    this.#transport =
      mail &&
      createTransport({
        url: mail.smtpUrl,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    this.#timer = mail ? setInterval(() => this.wake(), LOOK_EVERY_MS) : null;
    this.#timer?.unref();
  }

  /** Something may be due. */
  wake(): void {
    if (!this.#transport || this.#isStopped) return;
    this.#round ??= this.#deliverDue()
      .catch((error: unknown) => {
        if (!this.#isStopped) this.#app.log.warn({ err: error }, 'the mail could not be looked through');
      })
      .finally(() => {
        this.#round = null;
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await Promise.race([this.#round, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
    this.#transport?.close();
  }

  async #deliverDue(): Promise<void> {
    const { storage, now } = this.#app;
    while (!this.#isStopped) {
      const row = await findDueMail(storage.db, now());
      if (!row) return;
      if (this.#taken.has(row.id)) await this.#close(row, 'sent');
      else if (now() - row.createdAt > GIVE_UP_AFTER_MS) await this.#giveUp(row, 'it has been tried for a day');
      else if (!(await this.#deliver(row))) return;
    }
  }

  /** False if the mail server cannot be spoken to just now: then nothing else is tried in this round. */
  async #deliver(row: MailRow): Promise<boolean> {
    const { storage, now, log, config } = this.#app;
    const attempts = row.attempts + 1;
    const pauseMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** row.attempts) * (1 + Math.random() / 4);
    await storage.write((trx) => updateMail(trx, row.id, { attempts, nextAttemptAt: now() + Math.round(pauseMs) }));
    try {
      await this.#transport?.sendMail({
        from: senderOf(row, config.mail?.from ?? ''),
        to: { name: '', address: row.recipient },
        subject: row.subject,
        text: row.text,
        html: row.html,
        messageId: `<${row.id}@${domainOf(config.mail?.from ?? '')}>`,
        ...(row.replyTo !== null && { replyTo: row.replyTo, envelope: { from: row.replyTo, to: row.recipient } }),
        ...(row.inReplyTo !== null && { inReplyTo: row.inReplyTo, references: row.inReplyTo }),
        headers: { ...(row.activityId === null && { 'Auto-Submitted': 'auto-generated' }), [SENT_BY_US]: '1' },
      });
    } catch (error) {
      const refusal = error as SmtpError;
      if (isForGood(refusal)) {
        await this.#giveUp(row, refusal.message);
        return true;
      }
      log.warn({ mail: row.id, attempts, code: refusal.code, reason: refusal.message }, 'a letter could not be sent yet');
      return refusal.responseCode !== undefined;
    }
    this.#taken.add(row.id);
    await this.#close(row, 'sent');
    return true;
  }

  async #giveUp(row: MailRow, reason: string): Promise<void> {
    this.#app.log.error({ mail: row.id, attempts: row.attempts, reason }, 'a letter was given up');
    await this.#close(row, 'failed', reason);
  }

  async #close({ id, activityId }: MailRow, status: 'sent' | 'failed', reason: string | null = null): Promise<void> {
    const { storage, now, followers } = this.#app;
    const tell = await storage.write(async (trx) => {
      await updateMail(trx, id, { status, text: '', html: '', subject: '', replyTo: null, closedAt: now() });
      return followers.mailClosed(trx, { activityId, status, reason });
    });
    this.#taken.delete(id);
    tell();
  }
}

/** The server has looked at this letter and wants it neither now nor later. A wrong password is the operator's to put right. */
function isForGood({ code, responseCode = 0 }: SmtpError): boolean {
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
}

function senderOf({ fromName }: MailRow, from: string): string | { name: string; address: string } {
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
  return fromName === null ? from : { name: fromName, address };
}

function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'kesher.invalid';
}
