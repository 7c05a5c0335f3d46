import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeAt } from '../../server/agents/one-time-codes.ts';
import { SecretBox } from '../../server/secrets/secret-box.ts';
import type { TwoFactorStart } from '../../shared/account-link.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { signer } from '../helpers/signing-site.ts';

const keyFile = (house: House) => path.join(house.dataDir, 'secret.key');
const newKey = () => randomBytes(32).toString('base64');
const inboxOf = async (house: House) => (await house.json<{ items: Inbox[] }>('GET', '/api/inboxes')).items[0] as Inbox;

/** Noa has a second factor. Each step is good for one code, so the clock goes on before each. */
async function noaWithSecondFactor(house: House) {
  const noa = await house.hire('Noa');
  const as = { cookie: noa.cookie };
  const { secret } = await house.json<TwoFactorStart>('POST', '/api/two-factor', undefined, as);
  const nextCode = () => {
    house.clockOffsetMs += 60_000;
    return codeAt(secret, Math.floor((Date.now() + house.clockOffsetMs) / 30_000));
  };
  await house.json('POST', '/api/two-factor/confirm', { code: nextCode() }, as);
  const signIn = async (code?: string) =>
    (await house.call('POST', '/api/session', { email: noa.email, password: PASSWORD, code }, { cookie: '' })).status;
  return { id: noa.id, secret, nextCode, signIn };
}

async function storedSecrets(house: House): Promise<string[]> {
  const { db } = house.server.app.storage;
  const agents = await db.selectFrom('agent').select('twoFactorSecret').where('twoFactorSecret', 'is not', null).execute();
  const inboxes = await db.selectFrom('inbox').select('identitySecret').execute();
  return [...agents.map(({ twoFactorSecret }) => twoFactorSecret as string), ...inboxes.map(({ identitySecret }) => identitySecret)];
}

describe.each(databases)('on $name', ({ open }) => {
  test('a copy of the database holds no secret that lets anybody in, and what was kept open before is sealed at the next start', async () => {
    const house = await open();
    const noa = await noaWithSecondFactor(house);
    const { id: inboxId, identitySecret } = await inboxOf(house);
    const sealed = await storedSecrets(house);
    expect(sealed).toHaveLength(2);
    for (const value of sealed) expect(value).toMatch(/^sealed:[\w-]{8}:[\w-]+$/);
    expect((await stat(keyFile(house))).mode & 0o777).toBe(0o600);
    await house.server.app.storage.write(async (trx) => {
      await trx.updateTable('agent').set({ twoFactorSecret: noa.secret }).where('id', '=', noa.id).execute();
      await trx.updateTable('inbox').set({ identitySecret }).where('id', '=', inboxId).execute();
    });
    await house.stop();
    await house.start();
    for (const value of await storedSecrets(house)) expect(value).toMatch(/^sealed:/);
    expect(await noa.signIn(noa.nextCode())).toBe(200);
    const identity = await signer(new TextEncoder().encode(identitySecret), 'HS256')({ sub: 'ruth', name: 'Ruth' });
    expect((await house.visitor({ identity })).session.visitor).toMatchObject({ name: 'Ruth', isVerified: true });
  });
});

test('another key takes over at a start, and the earlier one is needed no more after it', async () => {
  const environment: Record<string, string> = {};
  const house = await openHouse({ environment });
  const noa = await noaWithSecondFactor(house);
  const restart = async (keys: string) => {
    await house.stop();
    environment.SECRET_KEY = keys;
    await house.start();
  };
  const [first, second] = [newKey(), newKey()];
  await restart(first);
  const sealedByFirst = await storedSecrets(house);
  await rm(keyFile(house));
  await restart(`${second},${first}`);
  const sealedBySecond = await storedSecrets(house);
  expect(sealedBySecond.some((value) => sealedByFirst.includes(value))).toBe(false);
  await restart(second);
  expect(await storedSecrets(house)).toEqual(sealedBySecond);
  expect(await noa.signIn(noa.nextCode())).toBe(200);
});

test('a start without the key says so and changes nothing; with a word for it, what is lost is given up', async () => {
  const environment: Record<string, string> = {};
  const house = await openHouse({ environment });
  const noa = await noaWithSecondFactor(house);
  const { identitySecret } = await inboxOf(house);
  const key = await readFile(keyFile(house), 'utf8');
  await house.stop();
  await rm(keyFile(house));
  const sentence = /^The database holds secrets that were sealed with a key that is not here \([\w-]{8}\)\. Put .*secret\.key back/;
  await expect(house.start()).rejects.toThrow(sentence);
  environment.SECRET_KEY = newKey();
  await expect(house.start()).rejects.toThrow(sentence);
  delete environment.SECRET_KEY;
  await writeFile(keyFile(house), 'my dog’s name');
  await expect(house.start()).rejects.toThrow(/secret\.key is not what Kesher wrote/);
  await writeFile(keyFile(house), key);
  await house.start();
  expect(await noa.signIn()).toBe(401);
  expect(await noa.signIn(noa.nextCode())).toBe(200);

  await house.stop();
  await rm(keyFile(house));
  environment.SECRET_KEY_LOST = 'yes';
  await house.start();
  expect(await noa.signIn()).toBe(200);
  expect((await inboxOf(house)).identitySecret).not.toBe(identitySecret);
  const { socket } = await house.visitor();
  await get(socket, 'conversation:list', {});
});

test('what is sealed opens with its key, in its own row, unchanged, and nowhere else', () => {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  const box = new SecretBox([one]);
  const sealed = box.seal('שלום', 'agent 1');
  expect(box.open(sealed, 'agent 1')).toBe('שלום');
  expect(box.seal('שלום', 'agent 1')).not.toBe(sealed);
  expect(new SecretBox([other, one]).open(sealed, 'agent 1')).toBe('שלום');
  const at = sealed.length - 10;
  const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
  expect(() => box.open(sealed, 'agent 2')).toThrow();
  expect(() => new SecretBox([other]).open(sealed, 'agent 1')).toThrow('is not here');
  for (const wrong of [changed, 'שלום', 'sealed:', '']) expect(() => box.open(wrong, 'agent 1'), wrong).toThrow();
});
