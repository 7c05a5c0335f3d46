/** Which conversation is about to be handed over; its dialog stands in the shell, so that a key opens it from anywhere. */
import { signal } from '@preact/signals';

export const transferredId = signal<string | null>(null);

export function openTransfer(conversationId: string): void {
  transferredId.value = conversationId;
}
