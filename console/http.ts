/**
 * The HTTP half of the way to the server; the socket is in `connection.ts`. Answers have the shape of the socket's, so a
 * refusal is a value on both and never an exception.
 */
import type { UploadedFile } from '../shared/attachment.ts';
import type { ErrorCode, ErrorReply, Reply } from '../shared/errors.ts';
import { errorStatus } from '../shared/errors.ts';

export interface HttpOptions {
  /** '' in the browser: the page's own origin. */
  serverUrl: string;
  /** Instead of the browser's session cookie. */
  apiToken?: string;
  /** The session is over: everything but signing in will be refused. */
  onSignedOut?: () => void;
}

const noAnswer: ErrorReply = { code: 'unavailable', message: 'The server cannot be reached.' };

export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** What was ended by `ending` is as if the server could not be reached. */
  get<Data>(path: string, query: Record<string, string | number | undefined> = {}, ending?: AbortSignal): Promise<Reply<Data>> {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
    return this.#send('GET', search ? `${path}?${search}` : path, ending ? { ending } : {});
  }

  post<Data>(path: string, body: unknown): Promise<Reply<Data>> {
    return this.#ask('POST', path, body);
  }

  patch<Data>(path: string, body: unknown): Promise<Reply<Data>> {
    return this.#ask('PATCH', path, body);
  }

  put<Data>(path: string, body: unknown): Promise<Reply<Data>> {
    return this.#ask('PUT', path, body);
  }

  delete<Data = unknown>(path: string): Promise<Reply<Data>> {
    return this.#ask('DELETE', path);
  }

  /** One file, which is the agent's until something takes it. */
  upload(file: File): Promise<Reply<UploadedFile>> {
    const form = new FormData();
    form.append('file', file, file.name);
    return this.#send('POST', '/attachments', { body: form });
  }

  /** A file that the server writes; the page has it whole, to be given to the browser to keep. */
  download(path: string): Promise<Reply<Blob>> {
    return this.#send('GET', path, {}, (response) => response.blob());
  }

  #ask<Data>(method: string, path: string, body?: unknown): Promise<Reply<Data>> {
    // A form names its own boundary.
    if (body instanceof FormData) return this.#send(method, path, { body });
    // A file goes as it is.
    if (body instanceof Blob) return this.#send(method, path, { headers: { 'Content-Type': 'application/octet-stream' }, body });
    const headers = { 'Content-Type': 'application/json' };
    return this.#send(method, path, body === undefined ? {} : { headers, body: JSON.stringify(body) });
  }

  async #send<Data>(
    method: string,
    path: string,
    { headers, body, ending }: { headers?: Record<string, string>; body?: string | FormData | Blob; ending?: AbortSignal },
    read: (response: Response) => Promise<Data> = (response) => response.json() as Promise<Data>,
  ): Promise<Reply<Data>> {
    const { serverUrl, apiToken, onSignedOut } = this.#options;
    try {
      const response = await fetch(`${serverUrl}/api${path}`, {
        method,
        headers: { 'X-Kesher': '1', ...headers, ...(apiToken !== undefined && { Authorization: `Bearer ${apiToken}` }) },
        ...(body !== undefined && { body }),
        ...(ending && { signal: ending }),
      });
      if (response.ok) return { ok: true, data: response.status === 204 ? (undefined as Data) : await read(response) };
      const error = await readProblem(response);
      if (error.code === 'unauthenticated') onSignedOut?.();
      return { ok: false, error };
    } catch {
      return { ok: false, error: noAnswer };
    }
  }
}

/** A proxy in between may answer with a page of its own: then the status alone says what happened. */
async function readProblem(response: Response): Promise<ErrorReply> {
  const problem: unknown = await response.json().catch(() => null);
  const { code, detail, field, retryAfterMs, subjectId } = (problem ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' && Object.hasOwn(errorStatus, code) ? (code as ErrorCode) : codeOfStatus(response.status),
    message: typeof detail === 'string' ? detail : response.statusText,
    ...(typeof field === 'string' && { field }),
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    ...(typeof subjectId === 'string' && { subjectId }),
  };
}

function codeOfStatus(status: number): ErrorCode {
  if (status >= 502 && status <= 504) return 'unavailable';
  const entry = Object.entries(errorStatus).find(([, known]) => known === status);
  return (entry?.[0] as ErrorCode | undefined) ?? (status >= 500 ? 'internal' : 'invalid');
}
