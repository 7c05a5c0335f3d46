/** The visitor's files on their way: what is chosen, how far each is, and what a refusal says. Fetched when it is needed. */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { PendingFile } from '../shared/attachment.ts';
import type { KeyValueStore, PendingMessage } from '../shared/outbox.ts';
import { openShelf } from '../shared/upload-shelf.ts';
import { startTransfer } from '../shared/upload-transfer.ts';
import { type UploadState, Uploads } from '../shared/uploads.ts';
import type { Clock } from './clock.ts';

interface VisitorUploadsOptions {
  serverUrl: string;
  inboxKey: string;
  storage: KeyValueStore;
  clock: Clock;
  token: { current(): string | undefined };
  tray: Signal<readonly PendingFile[]>;
  pending: ReadonlySignal<readonly PendingMessage[]>;
  trayKey: string;
  status: ReadonlySignal<string>;
}

export type VisitorUploads = ReturnType<typeof createVisitorUploads>;

export function createVisitorUploads({
  serverUrl,
  inboxKey,
  storage,
  clock,
  token,
  tray,
  pending,
  trayKey,
  status,
}: VisitorUploadsOptions) {
  const states = signal<ReadonlyMap<string, UploadState>>(new Map());
  const uploads = new Uploads<Blob>({
    shelf: openShelf(globalThis.indexedDB, inboxKey),
    transfer(content, name, onProgress) {
      const form = new FormData();
      form.append('file', content, name);
      const target = {
        url: `${serverUrl}api/widget/${inboxKey}/attachments`,
        headers: { Authorization: `Bearer ${token.current() ?? ''}` },
        form,
      };
      return startTransfer(new XMLHttpRequest(), target, onProgress);
    },
    now: clock.now,
    schedule: clock.schedule,
    onChange(next) {
      states.value = next;
    },
  });

  try {
    const kept = JSON.parse(storage.getItem(trayKey) ?? '[]');
    if (kept.length > 0 && tray.value.length === 0) tray.value = kept;
  } catch {
    // Written by another version: there is nothing to go on with.
  }
  effect(() => {
    if (tray.value.length > 0) storage.setItem(trayKey, JSON.stringify(tray.value));
    else storage.removeItem(trayKey);
    const used = [...tray.value, ...pending.value.flatMap(({ files = [] }) => files)];
    void uploads.keepOnly(new Set(used.map(({ key }) => key)));
  });
  effect(() => {
    // A connection that comes back says that the network has.
    if (status.value === 'live') uploads.resume(tray.peek());
  });

  return {
    states,
    add(file: PendingFile, content: Blob): void {
      tray.value = [...tray.value, file];
      void uploads.add(file, content);
    },
    remove(key: string): void {
      tray.value = tray.value.filter((file) => file.key !== key);
      void uploads.remove(key);
    },
    finish: (files: readonly PendingFile[]) => uploads.finish(files),
    content: (key: string) => uploads.content(key),
  };
}
