import { isIP } from 'node:net';
import * as z from 'zod';
import { KEY_BYTES } from './secrets/secret-box.ts';
import { isTrustProxy, type TrustProxy } from './transport/address.ts';

/** What the operator can set. Every value has a default that is right for one small machine. */
export interface Config {
  /** 0 picks a free port. */
  port: number;
  host: string;
  /** Origin under which people reach the server, without a trailing slash; null: the address it listens on. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Fixes the one-time code of the first start, for automated installations. */
  setupCode: string | undefined;
  logLevel: (typeof logLevels)[number];
  trustProxy: TrustProxy;
  /** The header in which the trusted proxy says from which country somebody comes, in small letters; null: nobody says. */
  countryHeader: string | null;
  /** Through which server e-mail goes and from whom; null: none is sent. */
  mail: { smtpUrl: string; from: string } | null;
  /**
   * Where answers to agents' mails come in: this server listens for them itself, and they are sent to `address` with a token in it. Null: answers
   * go to the address that mail is sent from.
   */
  inboundMail: { port: number; host: string; address: string } | null;
  /** The antivirus (clamd) that looks at every file: a socket's path, or host and port. Null: none does. */
  clamd: { path: string } | { host: string; port: number } | null;
  /** Off only for load tests on one's own machine: takes away the limits on messages, requests and connections. */
  hasLimits: boolean;
  /** Bytes that one attached file may have. */
  attachmentBytesMax: number;
  /** What secrets in the database are sealed with: the first; the others are earlier ones. None: a file in the data folder. */
  secretKeys: readonly Buffer[];
  /** What is sealed with a key that is not here is given up. */
  isKeyLost: boolean;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = z
  .string()
  .regex(/^\d+$/, 'must be a whole number, like 3000')
  .transform(Number)
  .pipe(z.number().max(65_535, 'must be at most 65535'));

const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^[\w-]+(\.[\w-]+)*$/.test(text), 'must be an address or a name of this machine, like 0.0.0.0');

/** As browsers write it in `Origin`: small letters, default port left out, no slash at the end. */
const publicUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: 'must be an address like https://chat.example.com',
    abort: true,
  })
  .refine(
    (text) => new URL(text).href === `${new URL(text).origin}/`,
    'must be an origin: without a path, a question or a name to sign in with',
  )
  .transform((text) => new URL(text).origin);

const trustProxy = z
  .string()
  .transform((text): TrustProxy => (text === 'false' || text === '0' ? false : /^\d+$/.test(text) ? Number(text) : text))
  .refine(isTrustProxy, 'must be how many proxies stand in front, or their addresses, like 1 or loopback, 10.0.0.0/8');

const countryHeader = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header, like CF-IPCountry')
  .transform((name) => name.toLowerCase());

const smtpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '', {
    error: 'must be an address like smtp://name:password@mail.example.com:587, or smtps://…',
  });

const mailFrom = z
  .string()
  .max(300)
  .regex(/^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'must be like Shop <chat@shop.example>');

const replyAddress = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9._-]{1,30}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, 'must be an address like service@reply.shop.example, without a plus')
  .transform((address) => address.toLowerCase());

const clamdPlace = z.string().transform((text, context) => {
  if (text.startsWith('/')) return { path: text };
  const [, name = '', number = ''] = /^(?:tcp:\/\/)?(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (name !== '' && Number(number) > 0 && Number(number) <= 65_535) return { host: name.replace(/[[\]]/g, ''), port: Number(number) };
  context.addIssue({ code: 'custom', message: 'must be a socket like /run/clamav/clamd.ctl, or host and port like 127.0.0.1:3310' });
  return z.NEVER;
});

const attachmentMegabytes = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number of megabytes, like 10')
  .transform(Number)
  .pipe(z.number().min(1, 'must be at least 1').max(1_000, 'must be at most 1000'));

const secretKeys = z
  .string()
  .transform((text) => text.split(',').map((part) => Buffer.from(part.trim(), 'base64')))
  .refine(
    (keys) => keys.every((key) => key.length === KEY_BYTES),
    'must be 32 random bytes in base64, as openssl rand -base64 32 prints them',
  );

const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: host.default('127.0.0.1'),
  PUBLIC_URL: publicUrl.optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must start with postgres:// or postgresql://', abort: true })
    .refine((text) => URL.canParse(text), 'must be an address like postgres://name:password@localhost/kesher')
    .optional(),
  REDIS_URL: z.undefined('is not supported by this version: one server per database').optional(),
  SETUP_CODE: z.string().min(6, 'must have at least 6 characters').max(100, 'must have at most 100 characters').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  TRUST_PROXY: trustProxy.default(false),
  COUNTRY_HEADER: countryHeader.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  INBOUND_MAIL_PORT: port.optional(),
  INBOUND_MAIL_HOST: host.default('0.0.0.0'),
  REPLY_ADDRESS: replyAddress.optional(),
  CLAMD: clamdPlace.optional(),
  ATTACHMENT_MAX_MB: attachmentMegabytes.default(10),
  LIMITS: z.enum(['on', 'off'], 'must be either on or off').default('on'),
  SECRET_KEY: secretKeys.default([]),
  SECRET_KEY_LOST: z.literal('yes', 'must be yes, for one start').optional(),
});

/** A wrong value throws one sentence per mistake, for a person who started the server by hand. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration cannot be used.\n${sentences.join('\n')}`);
  }
  const values = parsed.data;
  if (values.SMTP_URL !== undefined && values.MAIL_FROM === undefined) {
    throw new Error('The configuration cannot be used.\nMAIL_FROM: is needed together with SMTP_URL, like Shop <chat@shop.example>');
  }
  if ((values.INBOUND_MAIL_PORT === undefined) !== (values.REPLY_ADDRESS === undefined)) {
    throw new Error(
      'The configuration cannot be used.\nREPLY_ADDRESS: is needed together with INBOUND_MAIL_PORT: the one says where answers are sent, the other where they come in.',
    );
  }
  if (values.REPLY_ADDRESS !== undefined && values.SMTP_URL === undefined) {
    throw new Error(
      'The configuration cannot be used.\nSMTP_URL: is needed together with REPLY_ADDRESS: only mails that are sent are answered.',
    );
  }
  if (values.COUNTRY_HEADER !== undefined && values.TRUST_PROXY === false) {
    throw new Error(
      'The configuration cannot be used.\nCOUNTRY_HEADER: is believed only from a trusted proxy. Set TRUST_PROXY, too; without it anybody could send the header.',
    );
  }
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    setupCode: values.SETUP_CODE,
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY,
    countryHeader: values.COUNTRY_HEADER ?? null,
    mail: values.SMTP_URL === undefined ? null : { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM ?? '' },
    inboundMail:
      values.INBOUND_MAIL_PORT === undefined || values.REPLY_ADDRESS === undefined
        ? null
        : { port: values.INBOUND_MAIL_PORT, host: values.INBOUND_MAIL_HOST, address: values.REPLY_ADDRESS },
    clamd: values.CLAMD ?? null,
    hasLimits: values.LIMITS === 'on',
    secretKeys: values.SECRET_KEY,
    isKeyLost: values.SECRET_KEY_LOST === 'yes',
    attachmentBytesMax: values.ATTACHMENT_MAX_MB * 1024 * 1024,
  };
}
