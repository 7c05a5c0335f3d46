import { describe, expect, test } from 'vitest';
import type { PendingFile, UploadedFile } from '../../shared/attachment.ts';
import type { Reply } from '../../shared/errors.ts';
import { openShelf } from '../../shared/upload-shelf.ts';
import { type UploadState, Uploads } from '../../shared/uploads.ts';

const photo: PendingFile = { key: 'photo', name: 'photo.png', type: 'image/png', size: 3 };
const letter: PendingFile = { key: 'letter', name: 'letter.pdf', type: 'application/pdf', size: 3 };
const third: PendingFile = { key: 'third', name: 'third.pdf', type: 'application/pdf', size: 3 };
const lost: Reply<UploadedFile> = { ok: false, error: { code: 'unavailable', message: '' } };
const refused: Reply<UploadedFile> = { ok: false, error: { code: 'invalid', message: '' } };

/** A browser whose network answers when it is told to. */
function openBrowser(shelf = openShelf<string>(undefined, 'shop')) {
  const sent: { name: string; answer: (reply: Reply<UploadedFile>) => void; isCancelled: boolean }[] = [];
  const timers: (() => void)[] = [];
  const clock = { now: 0 };
  let states: ReadonlyMap<string, UploadState> = new Map();
  const uploads = new Uploads<string>({
    shelf,
    transfer(_content, name) {
      let answer: (reply: Reply<UploadedFile>) => void = () => undefined;
      const reply = new Promise<Reply<UploadedFile>>((resolve) => {
        answer = resolve;
      });
      const one = { name, answer, isCancelled: false };
      sent.push(one);
      return {
        reply,
        cancel() {
          one.isCancelled = true;
          answer(lost);
        },
      };
    },
    now: () => clock.now,
    schedule(_ms, job) {
      timers.push(job);
      return () => timers.splice(timers.indexOf(job), 1);
    },
    onChange(next) {
      states = next;
    },
  });
  const good = (at: number) => sent[at]?.answer({ ok: true, data: { id: `id-${at}`, name: '', type: '', size: 0 } });
  return { uploads, sent, timers, clock, shelf, good, states: () => states };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('files that somebody has chosen', () => {
  test('are sent at once, two at a time, and each only once however often they are asked for', async () => {
    const { uploads, sent, good } = openBrowser();
    for (const file of [photo, letter, third]) void uploads.add(file, 'x');
    await settle();
    expect(sent.map(({ name }) => name)).toEqual(['photo.png', 'letter.pdf']);
    const finished = Promise.all([uploads.finish([photo, letter, third]), uploads.finish([photo])]);
    good(0);
    await settle();
    good(1);
    good(2);
    expect(await finished).toEqual([
      { ok: true, data: ['id-0', 'id-1', 'id-2'] },
      { ok: true, data: ['id-0'] },
    ]);
    expect(sent).toHaveLength(3);
  });

  test('wait for the network and go again as a whole, by themselves or when it is back', async () => {
    const { uploads, sent, timers, good, states } = openBrowser();
    await uploads.add(photo, 'x');
    await settle();
    sent[0]?.answer(lost);
    await settle();
    expect(states().get('photo')).toMatchObject({ isWaiting: true });
    uploads.resume([photo]);
    await settle();
    expect(timers, 'it does not go a second time').toHaveLength(0);
    sent[1]?.answer(lost);
    await settle();
    timers.shift()?.();
    await settle();
    good(2);
    await settle();
    expect(states().get('photo')).toMatchObject({ isDone: true, isWaiting: false });
  });

  test('hold their message back while the network is away, and fail it when they are refused', async () => {
    const { uploads, sent } = openBrowser();
    await uploads.add(photo, 'x');
    await uploads.add(letter, 'x');
    const first = uploads.finish([photo, letter]);
    await settle();
    sent[0]?.answer(lost);
    sent[1]?.answer(lost);
    expect(await first).toMatchObject({ error: { code: 'unavailable' } });
    const second = uploads.finish([photo, letter]);
    await settle();
    sent[2]?.answer(lost);
    sent[3]?.answer(refused);
    expect(await second).toMatchObject({ error: { code: 'invalid' } });
  });

  test('are found by the next page, which asks for what is there already only once', async () => {
    const before = openBrowser();
    await before.uploads.add(photo, 'x');
    await settle();
    before.good(0);
    await settle();
    const after = openBrowser(before.shelf);
    expect(await after.uploads.finish([photo])).toEqual({ ok: true, data: ['id-0'] });
    expect(after.sent).toEqual([]);
    after.clock.now = 21 * 60 * 60 * 1_000;
    const anew = after.uploads.finish([photo]);
    await settle();
    after.good(0);
    expect(await anew, 'after most of a day the server may have forgotten it').toMatchObject({ ok: true });
    expect(after.sent).toHaveLength(1);
  });

  test('that the browser has not kept are said to be lost', async () => {
    const { uploads, states } = openBrowser();
    expect(await uploads.finish([photo])).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(states().get('photo')).toMatchObject({ failed: 'not-found' });
  });

  test('are cancelled when they are taken back, and do not come again', async () => {
    const { uploads, sent, timers, states, shelf } = openBrowser();
    await uploads.add(photo, 'x');
    await settle();
    await uploads.remove('photo');
    await settle();
    expect(sent[0]?.isCancelled).toBe(true);
    expect(timers).toEqual([]);
    expect(states().size).toBe(0);
    expect(await shelf.list()).toEqual([]);
  });

  test('that nothing refers to any more are let go, but not those of this minute', async () => {
    const { uploads, shelf, clock } = openBrowser();
    await uploads.add(photo, 'x');
    await uploads.add(letter, 'x');
    await uploads.keepOnly(new Set(['photo']));
    expect(await shelf.list()).toHaveLength(2);
    clock.now = 61_000;
    await uploads.keepOnly(new Set(['photo']));
    expect((await shelf.list()).map(({ key }) => key)).toEqual(['photo']);
  });
});
