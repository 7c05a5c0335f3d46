import { type Signal, signal } from '@preact/signals-core';
import type { Chat } from './chat-state.ts';

type Ratings = Readonly<Record<string, boolean>>;

const ofChats = new WeakMap<Chat, Signal<Ratings>>();

/** By message: what was said of automatic answers since somebody looks at them, in this tab or another. The last word holds. */
export function heardRatings(chat: Chat): Signal<Ratings> {
  const held = ofChats.get(chat);
  if (held) return held;
  const heard = signal<Ratings>({});
  ofChats.set(chat, heard);
  chat.hear('answer:rated', ({ messageId, helpful }) => {
    heard.value = { ...heard.value, [messageId]: helpful };
  });
  return heard;
}
