import type { UploadedFile } from './attachment.ts';
import { type ErrorCode, type ErrorReply, errorStatus, type Reply } from './errors.ts';
import type { Transfer } from './uploads.ts';

/** The part of the browser's XMLHttpRequest that an upload needs: fetch does not tell how far it is. */
export interface UploadRequest {
  readonly status: number;
  readonly responseText: string;
  readonly upload: { onprogress: unknown };
  onload: unknown;
  onerror: unknown;
  onabort: unknown;
  ontimeout: unknown;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  // biome-ignore lint/suspicious/noExplicitAny: a form, which this building does not know
  send(form: any): void;
  abort(): void;
}

/** One try. Whatever is no reply of our server is `unavailable`. */
export function startTransfer(
  request: UploadRequest,
  target: { url: string; headers: Record<string, string>; form: unknown },
  onProgress: (share: number) => void,
): Transfer {
  const reply = new Promise<Reply<UploadedFile>>((resolve) => {
    const noReply = () => resolve({ ok: false, error: { code: 'unavailable', message: 'No reply came.' } });
    request.upload.onprogress = ({ loaded, total }: { loaded: number; total: number }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(read(request));
    request.onerror = noReply;
    request.onabort = noReply;
    request.ontimeout = noReply;
    request.open('POST', target.url);
    for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value);
    request.send(target.form);
  });
  return { reply, cancel: () => request.abort() };
}

function read({ status, responseText }: UploadRequest): Reply<UploadedFile> {
  try {
    const answer = JSON.parse(responseText);
    if (status === 201) return { ok: true, data: answer };
    if (answer.code in errorStatus) return { ok: false, error: { ...answer, message: String(answer.detail) } as ErrorReply };
  } catch {
    // A proxy in between answers with a page of its own: then the status says what happened.
  }
  const code: ErrorCode = status === 413 ? 'too-large' : status === 403 ? 'forbidden' : 'unavailable';
  return { ok: false, error: { code, message: `HTTP ${status}` } };
}
