import { signal } from '@preact/signals-core';
import type { KeyValueStore } from '../shared/outbox.ts';

/**
 * The text that is being written, in every tab and on the next page. The last writer wins, except that a tab in which
 * somebody is typing is never overwritten from outside.
 */
export function createDraft(store: KeyValueStore, key: string) {
  const text = signal(store.getItem(key) ?? '');
  let isTyping = false;

  return {
    text,

    write(next: string): void {
      text.value = next;
      try {
        if (next === '') store.removeItem(key);
        else store.setItem(key, next);
      } catch {
        // The text is still on the screen; only the next page will not have it.
      }
    },

    /** Whether the composer of this tab has the keyboard. */
    setTyping(next: boolean): void {
      isTyping = next;
    },

    noticeOtherTab(): void {
      if (!isTyping) text.value = store.getItem(key) ?? '';
    },
  };
}
