import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';

const wrong: Record<string, readonly string[]> = {
  PORT: ['x', '-1', '1.5', '0x10', '65536', '3000 ', '١٢٣', '1e3', '99999999999999999999'],
  HOST: ['http://localhost', 'localhost:3000', 'two words', '/', '*'],
  PUBLIC_URL: [
    'chat.example.com',
    'ftp://chat.example.com',
    'https://',
    'https://chat.example.com/console',
    'https://chat.example.com?x=1',
    'https://chat.example.com/#x',
    'https://user:secret@chat.example.com',
    'javascript:alert(1)',
    'x',
  ],
  DATABASE_URL: [
    'mysql://localhost',
    'localhost',
    'postgres',
    '/var/lib/db',
    'postgres:',
    'postgres://user@ho st/db',
    'postgres://[::1/db',
  ],
  REDIS_URL: ['redis://localhost'],
  SETUP_CODE: ['x', '12345', 'x'.repeat(101)],
  LOG_LEVEL: ['verbose', 'INFO', '30', '__proto__'],
  TRUST_PROXY: ['true', 'yes', '-1', '1.5', 'proxy.example', '10.0.0.0/99', '10.0.0.0/8,x', '300.1.1.1', ',', '1000', 'toString'],
  LIMITS: ['true', '0', 'ON'],
  COUNTRY_HEADER: ['CF IPCountry', 'x:', 'מדינה', 'x'.repeat(61)],
  SECRET_KEY: ['x', 'correct horse battery staple', 'A'.repeat(42), `${'A'.repeat(43)}=,x`],
  SECRET_KEY_LOST: ['true', 'no'],
  ATTACHMENT_MAX_MB: ['0', '-1', '1.5', 'x', '10MB', '1001', '99999'],
};

for (const [name, values] of Object.entries(wrong)) {
  test(`a wrong ${name} is explained in one sentence that names it`, () => {
    for (const value of values) {
      let explained = '';
      try {
        readConfig({ [name]: value });
      } catch (error) {
        explained = (error as Error).message;
      }
      expect(explained, value).toMatch(new RegExp(`^The configuration cannot be used\\.\\n${name}: [a-z][^\\n]{10,}$`));
      expect(explained, value).not.toMatch(/Invalid|expected|undefined/);
    }
  });
}

test('every wrong value is told at once, and a secret is not repeated', () => {
  const read = () =>
    readConfig({ PORT: 'x', PUBLIC_URL: 'x', TRUST_PROXY: 'true', DATABASE_URL: 'mysql://admin:secret@db/x', LOG_LEVEL: 'x' });
  expect(read).toThrow(/PORT: .*\nPUBLIC_URL: .*\nDATABASE_URL: .*\nLOG_LEVEL: .*\nTRUST_PROXY: /);
  expect(read).not.toThrow(/secret/);
});

test('nothing set is right for one small machine, and an empty value is as good as none', () => {
  const nothing = readConfig({});
  expect(nothing).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    dataDir: 'data',
    databaseUrl: undefined,
    setupCode: undefined,
    logLevel: 'info',
    trustProxy: false,
    countryHeader: null,
    mail: null,
    inboundMail: null,
    clamd: null,
    hasLimits: true,
    secretKeys: [],
    isKeyLost: false,
    attachmentBytesMax: 10 * 1024 * 1024,
  });
  expect(readConfig(Object.fromEntries(Object.keys(wrong).map((name) => [name, ''])))).toEqual(nothing);
});

test('a header that names the country is believed only from a trusted proxy', () => {
  expect(() => readConfig({ COUNTRY_HEADER: 'CF-IPCountry' })).toThrow(
    /^The configuration cannot be used\.\nCOUNTRY_HEADER: [^\n]*TRUST_PROXY/,
  );
  expect(readConfig({ COUNTRY_HEADER: 'CF-IPCountry', TRUST_PROXY: '1' }).countryHeader).toBe('cf-ipcountry');
});

test('answers to mails come in where it is said, and only together with mails that are sent', () => {
  const inbound = { INBOUND_MAIL_PORT: '2525', REPLY_ADDRESS: 'Service@Reply.Shop.example' };
  const outbound = { SMTP_URL: 'smtp://mail.shop.example', MAIL_FROM: 'chat@shop.example' };
  expect(readConfig({ ...inbound, ...outbound }).inboundMail).toEqual({
    port: 2525,
    host: '0.0.0.0',
    address: 'service@reply.shop.example',
  });
  expect(() => readConfig(inbound)).toThrow(/SMTP_URL: /);
  expect(() => readConfig({ ...outbound, INBOUND_MAIL_PORT: '2525' })).toThrow(/REPLY_ADDRESS: /);
  for (const address of ['x', 'a+b@shop.example', 'a@b', 'a b@shop.example'])
    expect(() => readConfig({ ...outbound, ...inbound, REPLY_ADDRESS: address })).toThrow(/REPLY_ADDRESS: /);
});

test('the antivirus is a socket, or a host and a port', () => {
  expect(readConfig({ CLAMD: '/run/clamav/clamd.ctl' }).clamd).toEqual({ path: '/run/clamav/clamd.ctl' });
  expect(readConfig({ CLAMD: 'tcp://clamav:3310' }).clamd).toEqual({ host: 'clamav', port: 3310 });
  expect(readConfig({ CLAMD: '[::1]:3310' }).clamd).toEqual({ host: '::1', port: 3310 });
  for (const wrongPlace of ['clamav', 'clamav:0', 'clamav:99999', 'http://clamav:3310'])
    expect(() => readConfig({ CLAMD: wrongPlace })).toThrow(/CLAMD: /);
});

test('what an operator may mean is understood', () => {
  expect(readConfig({ PUBLIC_URL: 'HTTPS://Chat.Example.com:443/' }).publicUrl).toBe('https://chat.example.com');
  expect(readConfig({ PUBLIC_URL: 'http://localhost:3000' }).publicUrl).toBe('http://localhost:3000');
  expect(readConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
  expect(readConfig({ TRUST_PROXY: '0' }).trustProxy).toBe(false);
  expect(readConfig({ TRUST_PROXY: 'false' }).trustProxy).toBe(false);
  expect(readConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8, fd00::/8' }).trustProxy).toBe('loopback, 10.0.0.0/8, fd00::/8');
  for (const host of ['0.0.0.0', '::', '::1', 'localhost', 'chat-1.internal']) expect(readConfig({ HOST: host }).host).toBe(host);
  expect(readConfig({ PORT: '0' }).port).toBe(0);
});

test('a start that cannot be leaves with code 2 and a sentence instead of a stack', { timeout: 180_000 }, async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-config-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  await writeFile(path.join(dataDir, 'a-file'), '');
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const starts: [Record<string, string>, RegExp][] = [
    [{ PORT: 'x', TRUST_PROXY: 'true' }, /^The configuration cannot be used\.\nPORT: .*\nTRUST_PROXY: .*\n$/],
    [{ PORT: String(port) }, new RegExp(`^Port ${port} is taken by another program\\. .*\\n$`)],
    [{ PORT: '0', HOST: '203.0.113.77' }, /^HOST: this machine has no address 203\.0\.113\.77\.\n$/],
    [{ PORT: '0', DATA_DIR: path.join(dataDir, 'a-file', 'data') }, /^[A-Z][^\n]+a-file[^\n]*\n$/],
  ];
  for (const [environment, explained] of starts) {
    const { code, errors, output } = await start({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment });
    expect(errors).toMatch(explained);
    expect([code, output]).toEqual([2, '']);
  }
});

/** The server as a process of its own, from its sources. */
function start(environment: Record<string, string>): Promise<{ code: number | null; errors: string; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env: { PATH: process.env.PATH ?? '', ...environment } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  let output = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, errors, output })));
}
