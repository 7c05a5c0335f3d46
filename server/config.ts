import * as z from 'zod';
import type { TrustProxy } from './transport/address.ts';

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
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  trustProxy: TrustProxy;
  /** Off only for load tests on one's own machine: takes away the limits on messages, requests and connections. */
  hasLimits: boolean;
}

const port = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().max(65_535));

const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address like https://chat.example.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => new URL(url).pathname === '/' && new URL(url).search === '', 'must be an origin without a path')
    .optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://').optional(),
  REDIS_URL: z.undefined('is not supported by this version: one server per database').optional(),
  SETUP_CODE: z.string().min(6, 'must have at least 6 characters').max(100).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: z
    .string()
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value === 'false' ? false : value))
    .default(false),
  LIMITS: z.enum(['on', 'off']).default('on'),
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
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    setupCode: values.SETUP_CODE,
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY,
    hasLimits: values.LIMITS === 'on',
  };
}
