/** The closed list of refusals, with the HTTP status that each one takes on the REST side. */
export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What goes over the wire when a request is refused. `retryAfterMs` is in milliseconds. */
export interface ErrorReply {
  code: ErrorCode;
  message: string;
  field?: string;
  retryAfterMs?: number;
  /** The id of what stands in the way, for who may see it. */
  subjectId?: string;
}

/** The acknowledgement of every socket request. `ok: true` to a write means committed and synced to disk. */
export type Reply<Data> = { ok: true; data: Data } | { ok: false; error: ErrorReply };

/** A refusal with a sentence for a person. Thrown by rules, turned into a reply only by `answer()` and `route()`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly subjectId: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    detail: { field?: string; retryAfterMs?: number; subjectId?: string; cause?: unknown } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = detail.field;
    this.retryAfterMs = detail.retryAfterMs;
    this.subjectId = detail.subjectId;
  }

  toReply(): ErrorReply {
    return {
      code: this.code,
      message: this.message,
      ...(this.field !== undefined && { field: this.field }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
      ...(this.subjectId !== undefined && { subjectId: this.subjectId }),
    };
  }
}

/**
 * Whether the same request may succeed later without being changed. A client keeps such a send in its
 * outbox and shows "sending"; any other code is a definite refusal and is shown as failed.
 */
export function isTemporary(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'too-many' || code === 'internal' || code === 'unauthenticated';
}
