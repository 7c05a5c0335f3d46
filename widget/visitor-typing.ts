import { signal } from '@preact/signals-core';
import type { Clock } from './clock.ts';

/** A typing agent who falls silent without saying so (a closed laptop) stops being shown after this. */
const SILENCE_MS = 6_000;
const TELL_EVERY_MS = 1_000;

/** Typing in both directions. All of it may be lost. */
export function createTyping(options: { clock: Clock; tell: (conversationId: string, text: string) => void }) {
  const { clock } = options;
  /** The agent who is writing now, and in which conversation. */
  const typist = signal<{ conversationId: string; name: string } | null>(null);
  let cancelSilence = () => {};

  let told = '';
  let latest: { conversationId: string; text: string } | null = null;
  let cancelTell: (() => void) | null = null;

  function tellLatest(): void {
    cancelTell = null;
    if (!latest || latest.text === told) return;
    told = latest.text;
    options.tell(latest.conversationId, told);
    cancelTell = clock.schedule(TELL_EVERY_MS, tellLatest);
  }

  function setTypist(next: { conversationId: string; name: string } | null): void {
    cancelSilence();
    typist.value = next;
    if (next) cancelSilence = clock.schedule(SILENCE_MS, () => setTypist(null));
  }

  return {
    typist,

    changed({ conversationId, name, typing }: { conversationId: string; name: string; typing: boolean }): void {
      if (typing) setTypist({ conversationId, name });
      else if (typist.value?.conversationId === conversationId) setTypist(null);
    },

    /** A message has come from the agents' side: whatever was being typed is in it. */
    arrived: () => setTypist(null),

    /** What stands in the composer. An empty text is told at once: it takes the preview away. */
    typed(conversationId: string | null, text: string): void {
      if (conversationId === null) return;
      latest = { conversationId, text };
      if (text === '' && told !== '') cancelTell?.();
      if (cancelTell === null || text === '') tellLatest();
    },

    stop(): void {
      cancelTell?.();
      cancelTell = null;
      told = '';
      latest = null;
      setTypist(null);
    },
  };
}
