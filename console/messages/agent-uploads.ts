/** The agent's files on their way to the server. What is chosen stands in a draft, what was sent in the outbox; here is their progress. */
import { signal } from '@preact/signals';
import type { PendingFile } from '../../shared/attachment.ts';
import type { Reply } from '../../shared/errors.ts';
import { openShelf } from '../../shared/upload-shelf.ts';
import { startTransfer } from '../../shared/upload-transfer.ts';
import { type UploadState, Uploads } from '../../shared/uploads.ts';
import type { Schedule } from '../connection.ts';

interface AgentUploadsOptions {
  serverUrl: string;
  apiToken?: string;
  agentId: string;
  now: () => number;
  schedule: Schedule;
  /** Every file that a draft or an unsent message has, in any tab. */
  inUse: () => readonly PendingFile[];
}

export class AgentUploads {
  readonly states = signal<ReadonlyMap<string, UploadState>>(new Map());
  /** Bytes that the server takes; told when the session starts. */
  bytesMax = 10 * 1024 * 1024;
  readonly #uploads: Uploads<Blob>;
  readonly #inUse: AgentUploadsOptions['inUse'];

  constructor({ serverUrl, apiToken, agentId, now, schedule, inUse }: AgentUploadsOptions) {
    this.#inUse = inUse;
    this.#uploads = new Uploads<Blob>({
      shelf: openShelf(globalThis.indexedDB, agentId),
      transfer(content, name, onProgress) {
        const form = new FormData();
        form.append('file', content, name);
        const headers = { 'X-Kesher': '1', ...(apiToken !== undefined && { Authorization: `Bearer ${apiToken}` }) };
        return startTransfer(new XMLHttpRequest(), { url: `${serverUrl}/api/attachments`, headers, form }, onProgress);
      },
      now,
      schedule,
      onChange: (states) => {
        this.states.value = states;
      },
    });
  }

  add(file: PendingFile, content: Blob): void {
    void this.#uploads.add(file, content);
  }

  remove(key: string): void {
    void this.#uploads.remove(key);
  }

  finish(files: readonly PendingFile[]): Promise<Reply<string[]>> {
    return this.#uploads.finish(files);
  }

  /** The session is live: what waits goes on, and what nobody wants any more is let go. */
  resume(): void {
    const files = this.#inUse();
    this.#uploads.resume(files);
    void this.#uploads.keepOnly(new Set(files.map(({ key }) => key)));
  }

  content(key: string): Promise<Blob | undefined> {
    return this.#uploads.content(key);
  }
}
