/** What the visitor wished besides messages, kept until the server has answered: over a lost line, a reload, the next page. */
import { signal } from '@preact/signals-core';
import type { ConversationRateRequest } from '../shared/conversation.ts';
import { isTemporary, type Reply } from '../shared/errors.ts';
import type { AnswerRateRequest } from '../shared/message.ts';
import type { KeyValueStore } from '../shared/outbox.ts';
import type { CallbackRequest } from '../shared/task.ts';
import type { Clock } from './clock.ts';

/** A request that the server may be sent twice: by `id`, or by the message or conversation that it is about. */
interface Errand {
  event: 'conversation:rate' | 'answer:rate' | 'callback:request';
  payload: CallbackRequest | ConversationRateRequest | AnswerRateRequest;
  /** The time that was chosen was gone when the wish arrived: it is carried out as soon as possible instead. */
  isSoonInstead?: boolean;
  /** The field that the server refused it for while nobody looked: it waits until the visitor has mended it. */
  refusal?: string;
}

/** A wish for a call that is not promised yet. */
export type HeldWish = Errand & { payload: CallbackRequest };

/** What came of an errand after whoever entrusted it was told that there is no answer yet. */
export const lateAnswer = signal<{ subject: string; reply: Reply<unknown>; isSoonInstead: boolean } | null>(null);

/** What an errand is run with. */
export interface ErrandDesk {
  store: KeyValueStore;
  key: string;
  clock: Clock;
  isLive: () => boolean;
  request: (event: string, payload: unknown) => Promise<Reply<unknown>>;
}

const RETRY_MS = 5_000;

/** The server's answer; null while there is none: it goes on being asked. */
export function entrust(desk: ErrandDesk, event: Errand['event'], payload: Errand['payload']): Promise<Reply<unknown> | null> {
  const errand = { event, payload };
  keep(desk, [...list(desk).filter((held) => subjectOf(held) !== subjectOf(errand)), errand]);
  return run(desk, errand);
}

/** Everything that is left of earlier. Nobody may be looking: what was promised to be kept is not dropped because of an answer. */
export async function runErrands(desk: ErrandDesk): Promise<void> {
  for (const errand of list(desk)) if (errand.refusal === undefined) await runLate(desk, errand);
}

export function heldWish(desk: ErrandDesk): HeldWish | undefined {
  return list(desk).find((held): held is HeldWish => held.event === 'callback:request');
}

/** The visitor thinks better of it. */
export function dropErrand(desk: ErrandDesk, subject: string): void {
  keep(
    desk,
    list(desk).filter((held) => subjectOf(held) !== subject),
  );
}

async function runLate(desk: ErrandDesk, errand: Errand): Promise<void> {
  const reply = await run(desk, errand);
  if (!reply) return;
  const { isSoonInstead = false } = errand;
  if (!reply.ok && 'phone' in errand.payload) {
    const { field = '' } = reply.error;
    const { at, keepsPlace, ...payload } = errand.payload;
    const isGone = (at !== undefined && field === 'at') || (keepsPlace && field === 'keepsPlace');
    const next: Errand = isGone ? { ...errand, payload, isSoonInstead: true } : { ...errand, refusal: field };
    keep(desk, [...list(desk), next]);
    if (isGone) return runLate(desk, next);
  }
  lateAnswer.value = { subject: subjectOf(errand), reply, isSoonInstead };
}

async function run(desk: ErrandDesk, errand: Errand): Promise<Reply<unknown> | null> {
  const reply = desk.isLive() ? await desk.request(errand.event, errand.payload) : null;
  if (!reply || (!reply.ok && isTemporary(reply.error.code))) {
    if (reply && desk.isLive()) desk.clock.schedule(reply.error.retryAfterMs ?? RETRY_MS, () => void runErrands(desk));
    return null;
  }
  // Said anew meanwhile, it is still to be carried out.
  keep(
    desk,
    list(desk).filter((held) => JSON.stringify(held) !== JSON.stringify(errand)),
  );
  return reply;
}

function subjectOf({ payload }: Errand): string {
  if ('messageId' in payload) return payload.messageId;
  return 'id' in payload ? payload.id : payload.conversationId;
}

function list({ store, key }: ErrandDesk): Errand[] {
  try {
    const held = JSON.parse(store.getItem(key) ?? '[]');
    return Array.isArray(held) ? held : [];
  } catch {
    return [];
  }
}

function keep({ store, key }: ErrandDesk, errands: readonly Errand[]): void {
  if (errands.length > 0) store.setItem(key, JSON.stringify(errands));
  else store.removeItem(key);
}
