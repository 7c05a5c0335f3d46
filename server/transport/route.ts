import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type * as z from 'zod';
import type { Permission } from '../../shared/agent.ts';
import { AppError, type ErrorReply, errorStatus } from '../../shared/errors.ts';
import { idSchema } from '../../shared/id.ts';
import { toErrorReply } from './answer.ts';
import { isOwnOrigin } from './origin.ts';
import { parse } from './parse.ts';
import type { Caller, Wire } from './wire.ts';

/** What a route's rule gets: parsed input, and the agent who asks. */
export interface Asked<Body, Query> {
  request: Request;
  response: Response;
  caller: Caller;
  body: Body;
  query: Query;
  /** An id in the path, as the route's pattern names it. What cannot be one is not found. */
  param: (name: string, schema?: z.ZodType<string>) => string;
}

/** What the description of the API says of a route, and what its input is parsed by. */
export interface RouteDescription<
  Body extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Told extends z.ZodType = z.ZodType,
> {
  /** What it does, in a sentence. */
  summary: string;
  /** Any one of several suffices; null: any agent. */
  permission: Permission | readonly Permission[] | null;
  /** Who may call it: an agent unless said otherwise. */
  isFor?: 'anybody' | 'visitor';
  body?: Body;
  /** The body is a file: multipart, in the part `file`. */
  takesFile?: true;
  query?: Query;
  /** 200 unless said, or 204 where nothing is replied. */
  status?: number;
  /** What it replies, as JSON; absent: nothing, or a file. */
  reply?: Told;
  /** It replies with a secret, which is not kept for a call that comes again. */
  isSecret?: true;
  /** The media types of the file that it replies with. */
  files?: readonly string[];
}

/** Under which a write may be sent again: see repeats.ts. */
const KEY_HEADER = 'Idempotency-Key';

interface RouteOptions<Body extends z.ZodType, Query extends z.ZodType, Told extends z.ZodType>
  extends Omit<RouteDescription<Body, Query, Told>, 'isFor'> {
  /** Also for one whose role asks for a second factor that is not there yet. */
  isForEnrolling?: boolean;
  /** Read by the browser itself, as a picture or a download: it sends the cookie, and no header of ours. */
  isLink?: true;
}

const descriptions = new WeakMap<RequestHandler, RouteDescription>();

/** What was said of the route that this handler serves. */
export function describedRoute(handler: RequestHandler): RouteDescription | undefined {
  return descriptions.get(handler);
}

/**
 * A REST route for a signed-in agent who holds `permission` (null: any agent). Replies with what `run` gives as JSON,
 * 204 for nothing. Together with `problems` this is the HTTP side's only catch.
 */
export function route<
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Told extends z.ZodType = z.ZodVoid,
>(
  wire: Wire,
  options: RouteOptions<Body, Query, Told>,
  run: (asked: Asked<z.output<Body>, z.output<Query>>) => z.input<Told> | Promise<z.input<Told>>,
): RequestHandler {
  return openRoute(options, async (request, response) => {
    const caller = await requireCaller(wire, request, options.isLink);
    if (caller.mustEnrol && !options.isForEnrolling) {
      throw new AppError('forbidden', 'Your role needs a second factor first.', { field: 'twoFactor' });
    }
    if (options.permission) requirePermission(caller, [options.permission].flat());
    // What is an agent's own account is not part of what a program was let do.
    else if (caller.isScoped && request.method !== 'GET') throw new AppError('forbidden', 'This token has scopes, and none is for this.');
    const asked: Asked<z.output<Body>, z.output<Query>> = {
      request,
      response,
      caller,
      body: options.body ? parse(options.body, request.body) : (undefined as z.output<Body>),
      query: options.query ? parse(options.query, request.query) : (undefined as z.output<Query>),
      param: (name, schema = idSchema) => idOf(request.params[name], schema),
    };
    const key = request.method === 'GET' ? undefined : request.get(KEY_HEADER);
    const result = key === undefined ? await run(asked) : await runOnce(wire, { key, options, asked }, () => run(asked));
    if (options.status) response.status(options.status);
    wire.checkReply?.(options.reply, result, `${request.method} ${request.baseUrl}${request.route.path}`);
    return result;
  });
}

interface Keyed {
  key: string;
  options: Pick<RouteDescription, 'takesFile' | 'isSecret'>;
  asked: Asked<unknown, unknown>;
}

async function runOnce<Result>(wire: Wire, { key, options, asked }: Keyed, run: () => Result | Promise<Result>): Promise<Result> {
  if (options.takesFile || options.isSecret) {
    throw new AppError('invalid', `${KEY_HEADER}: what this call replies is not kept`, { field: KEY_HEADER });
  }
  const { request, response, caller, body, query } = asked;
  const { agentId, credentialId } = caller;
  const call = { agentId, credentialId, key, asked: [request.method, request.baseUrl + request.path, query ?? null, body ?? null] };
  const { result, isReplayed } = await wire.repeats.once(call, async () => run());
  if (isReplayed) response.set('Idempotency-Replayed', 'true');
  return result;
}

function idOf(param: unknown, schema: z.ZodType<string>): string {
  const id = schema.safeParse(param);
  if (!id.success) throw new AppError('not-found', 'There is nothing here.');
  return id.data;
}

/** Counts every request of an address, before anything of it is read. */
export function limitRequests(wire: Wire): RequestHandler {
  return async (request, _response, next) => {
    await wire.limits.spend('requests', addressOf(request));
    next();
  };
}

/** A route that looks by itself at who asks: `run`, then JSON. */
export function openRoute(description: RouteDescription, run: (request: Request, response: Response) => unknown): RequestHandler {
  const handler: RequestHandler = async (request, response, next) => {
    try {
      const result = await run(request, response);
      if (response.headersSent) return;
      if (result === undefined) response.status(204).end();
      else response.json(result);
    } catch (error) {
      next(error);
    }
  };
  descriptions.set(handler, description);
  return handler;
}

export function addressOf(request: Request): string {
  return request.ip ?? request.socket.remoteAddress ?? 'unknown';
}

/** Express's last handler: every error becomes an RFC 9457 problem document. */
export function problems(wire: Wire): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const reply = toErrorReply(wire.log, fromExpress(error), `${request.method} ${request.path}`);
    sendProblem(response, reply);
  };
}

function sendProblem(response: Response, { code, message, ...rest }: ErrorReply): void {
  if (rest.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(rest.retryAfterMs / 1_000)));
  response
    .status(errorStatus[code])
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: STATUS_CODES[errorStatus[code]],
        status: errorStatus[code],
        code,
        detail: message,
        ...rest,
      }),
    );
}

/** Express and its body parser throw errors with a status: those below 500 are the sender's. */
function fromExpress(error: unknown): unknown {
  const status = (error as { status?: unknown } | null)?.status;
  if (error instanceof AppError || typeof status !== 'number' || status >= 500) return error;
  if (status === 413) return new AppError('too-large', 'The request is too large.');
  if (status === 404) return new AppError('not-found', 'There is nothing here.');
  return new AppError('invalid', 'The request cannot be read.');
}

/** By cookie only together with the header that no cross-site form can send, and never from a foreign origin. */
export async function requireCaller(wire: Wire, request: Request, isLink = false): Promise<Caller> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) (isLink ? requireOwnOrigin : requireOwnPage)(wire, request);
  const caller = await wire.findCaller(request.headers, bearer);
  if (!caller) throw new AppError('unauthenticated', 'Please sign in.');
  return caller;
}

function requireOwnPage(wire: Wire, request: Request): void {
  if (request.headers['x-kesher'] !== '1') throw new AppError('forbidden', 'The header X-Kesher: 1 is missing.');
  requireOwnOrigin(wire, request);
}

export function requireOwnOrigin(wire: Wire, request: Request): void {
  if (!isOwnOrigin(request.headers, wire.publicHost)) throw new AppError('forbidden', 'This page may not call the API.');
}

function requirePermission(caller: Caller, sufficient: readonly Permission[]): void {
  if (!sufficient.some((permission) => caller.permissions.includes(permission)))
    throw new AppError('forbidden', 'Your role does not allow this.');
}
