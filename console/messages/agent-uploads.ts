/** The agent's files on their way to the server. What is chosen stands in a draft, what was sent in the outbox; here is their progress. */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import { ATTACHMENTS_MAX, type Attachment, type PendingFile, type UploadedFile } from '../../shared/attachment.ts';
import type { Reply } from '../../shared/errors.ts';
import { openShelf } from '../../shared/upload-shelf.ts';
import { startTransfer } from '../../shared/upload-transfer.ts';
import { type Transfer, type UploadState, Uploads } from '../../shared/uploads.ts';
import type { Schedule } from '../connection.ts';
import { Http, type HttpOptions } from '../http.ts';

interface AgentUploadsOptions {
  serverUrl: string;
  apiToken?: string;
  agentId: string;
  now: () => number;
  schedule: Schedule;
  /** Every file that a draft or an unsent message has, in any tab. */
  inUse: () => readonly PendingFile[];
}

/** What lies on the shelf instead of a content that the server has already: a note of which. */
const COPY = 'application/vnd.kesher.copy+json';

export class AgentUploads {
  readonly states = signal<ReadonlyMap<string, UploadState>>(new Map());
  /** Bytes that the server takes; told when the session starts. */
  bytesMax = 10 * 1024 * 1024;
  readonly #uploads: Uploads<Blob>;
  readonly #inUse: AgentUploadsOptions['inUse'];

  constructor({ serverUrl, apiToken, agentId, now, schedule, inUse }: AgentUploadsOptions) {
    this.#inUse = inUse;
    const place = { serverUrl, ...(apiToken !== undefined && { apiToken }) };
    this.#uploads = new Uploads<Blob>({
      shelf: openShelf(globalThis.indexedDB, agentId),
      transfer(content, name, onProgress) {
        if (content.type === COPY) return copyAtServer(content, place);
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

  /** The files of a canned response or an automatic answer, after those that are here; what does not fit into one message is left out. */
  withCopies(
    files: readonly PendingFile[],
    { id, files: originals }: { id: string; files: readonly Attachment[] },
    kind: 'canned' | 'answer' = 'canned',
  ): readonly PendingFile[] {
    const copies = originals.slice(0, ATTACHMENTS_MAX - files.length).map(({ id: fileId, name, type, size, width, height, url }) => {
      const picture = width !== undefined && height !== undefined ? { width, height } : {};
      const file: PendingFile = { key: nanoid(), name, type, size, url, ...picture };
      this.add(file, new Blob([JSON.stringify({ [`${kind}Id`]: id, fileId })], { type: COPY }));
      return file;
    });
    return [...files, ...copies];
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

/** The message gets a file of its own, and not a byte of it goes over the line. */
function copyAtServer(note: Blob, place: HttpOptions): Transfer {
  const ending = new AbortController();
  const copy = async (): Promise<Reply<UploadedFile>> => {
    const { cannedId, answerId, fileId } = JSON.parse(await note.text());
    const holder = answerId === undefined ? `/canned-responses/${cannedId}` : `/answers/${answerId}`;
    return new Http(place).post<UploadedFile>(`${holder}/copies`, { fileId });
  };
  const ended = new Promise<Reply<UploadedFile>>((resolve) => {
    ending.signal.onabort = () => resolve({ ok: false, error: { code: 'unavailable', message: 'It is not wanted any more.' } });
  });
  return { reply: Promise.race([copy(), ended]), cancel: () => ending.abort() };
}
