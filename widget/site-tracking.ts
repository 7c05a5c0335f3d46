import { effect } from '@preact/signals-core';
import type { TrackedEventRequest } from '../shared/tracked-event.ts';
import type { Chat } from './chat-state.ts';

/** What may wait on one page; the oldest is given up first. */
const WAITING_MAX = 50;

/** What the visitor did on the site, told to the server as soon as there is a connection. It never makes one. */
export function createTracking(chat: Pick<Chat, 'status' | 'track'>) {
  let waiting: (Omit<TrackedEventRequest, 'agoMs'> & { at: number })[] = [];
  let isFlushing = false;

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    for (let next = waiting[0]; next && chat.status.value === 'live'; next = waiting[0]) {
      const { at, ...event } = next;
      const reply = await chat.track({ ...event, agoMs: Math.max(0, Date.now() - at) });
      // Without a connection the next one repeats it; the server knows the id.
      if (!reply.ok && (reply.error.code === 'unavailable' || reply.error.code === 'unauthenticated')) break;
      if (!reply.ok) console.warn(`Kesher.track: ${event.name} was not noted. ${reply.error.message}`);
      waiting = waiting.filter((one) => one !== next);
    }
    isFlushing = false;
  }

  effect(() => {
    if (chat.status.value === 'live') void flush();
  });

  return {
    track(event: Omit<TrackedEventRequest, 'agoMs'>): void {
      waiting = [...waiting, { ...event, at: Date.now() }].slice(-WAITING_MAX);
      void flush();
    },
    forget(): void {
      waiting = [];
    },
  };
}
