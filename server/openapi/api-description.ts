/** The description of the API, OpenAPI 3.1: made of the routes that are bound, and of the schemas that they parse and reply by. */
import * as z from 'zod';
import { type ErrorCode, errorStatus } from '../../shared/errors.ts';
import type { RouteDescription } from '../transport/route.ts';
import { type Components, nameComponents } from './components.ts';

type Json = Record<string, unknown>;

export interface ApiDescription extends Json {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Json>>;
  components: Json & { schemas: Record<string, Json> };
}

export interface BoundRoute {
  /** In small letters. */
  method: string;
  /** As Express writes it. */
  path: string;
  told: RouteDescription;
}

const about = `Times are integers, milliseconds since the epoch, UTC. Ids are strings of 21 URL-safe characters; where a body has an \`id\`,
the client makes it, and a repeated call finds what the first one made. Amounts of money are integers in the currency's smallest unit.
Lists answer \`{ items, next }\`: \`next\` is the \`cursor\` of the page after it. What one may not see is \`404\`. Errors are problem documents
(RFC 9457) with a \`code\` of a closed list.`.replace(/\n/g, ' ');

const refusals: Record<number, string> = {
  400: 'What was sent cannot be used; `field` says where.',
  401: 'Nobody is signed in, or the token is not valid.',
  403: 'The role or the token does not allow it.',
  404: 'There is no such thing, or the caller may not see it.',
  409: 'It is otherwise than the call supposes: `conflict`, or `stale` where somebody else was quicker.',
  413: 'What was sent is too large.',
  429: 'Too many calls; `retryAfterMs` says when to try again.',
  500: 'The server failed.',
  503: 'The server cannot do it just now.',
};

/** Of these routes, which stand under `prefix`. */
export async function describeApi(
  routes: readonly BoundRoute[],
  { prefix, version }: { prefix: string; version: string },
): Promise<ApiDescription> {
  const components = await nameComponents();
  const schemas: Record<string, Json> = { Problem: problem() };
  const paths: ApiDescription['paths'] = {};
  for (const route of routes) {
    const address = `${prefix}${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[address] = { ...paths[address], [route.method]: toOperation(route, components, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kesher', version, description: about },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => (one < other ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1))),
      responses: Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          `Refused${status}`,
          { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
        ]),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token (settings, API tokens), which may do what its scopes allow.' },
        session: { type: 'apiKey', in: 'header', name: 'X-Kesher', description: 'The session cookie, and `X-Kesher: 1` with it.' },
        visitor: { type: 'http', scheme: 'bearer', description: "The token that a visitor's browser was given." },
      },
    },
    tags: [...new Set(Object.keys(paths).map((address) => tagOf(address, prefix)))].sort().map((name) => ({ name })),
  };
}

function toOperation({ method, path, told }: BoundRoute, components: Components, schemas: Record<string, Json>): Json {
  const { body, query, reply, files, takesFile, permission, isFor, summary } = told;
  const places = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const isWrite = method !== 'get';
  const name = operationId(method, path);
  const refused = [
    ...(isWrite || query ? [400] : []),
    ...(isFor === 'anybody' && !isWrite ? [] : [401]),
    ...(isFor === 'anybody' || permission !== null || isWrite ? [403] : []),
    ...(places.length > 0 || isWrite ? [404] : []),
    ...(isWrite ? [409, 413] : []),
    429,
    500,
    503,
  ];
  const status = told.status ?? (reply || files ? 200 : 204);
  const content = reply
    ? { 'application/json': { schema: replySchema(reply, components, { name, schemas }) } }
    : files && Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return {
    operationId: name,
    summary,
    ...(permission !== null && { description: `Permission: ${[permission].flat().join(' or ')}.` }),
    tags: [tagOf(path, '')],
    security: isFor === 'anybody' ? [] : isFor === 'visitor' ? [{ visitor: [] }] : [{ token: [] }, { session: [] }],
    ...((places.length > 0 || query) && { parameters: [...places.map(placeParameter), ...queryParameters(query, { name, schemas })] }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: inputSchema(body, { name, schemas }) } } } }),
    ...(takesFile && { requestBody: fileBody }),
    responses: {
      [status]: { description: content ? 'Done.' : 'Done; there is nothing to say.', ...(content && { content }) },
      ...Object.fromEntries(refused.map((one) => [one, { $ref: `#/components/responses/Refused${one}` }])),
    },
  };
}

const fileBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
    },
  },
};

/** `GET /contacts/:id/timeline` is `getContactsByIdTimeline`. */
function operationId(method: string, path: string): string {
  const words = path.split('/').filter(Boolean);
  return method + words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word))).join('');
}

function capital(word: string): string {
  return word.replace(/(?:^|[-.])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function tagOf(address: string, prefix: string): string {
  return address.slice(prefix.length).split('/')[1] ?? '';
}

function placeParameter(name: string | undefined): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function queryParameters(query: z.ZodType | undefined, naming: Naming): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = inputSchema(query, naming) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

/** What is sent; without names of its own, since a body may leave out what a reply never does. */
function inputSchema(schema: z.ZodType, { name, schemas }: Naming): Json {
  return settled(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata: z.registry() as never }), { name, schemas });
}

/** Named parts go among the components, once. */
function replySchema(schema: z.ZodType, components: Components, { name, schemas }: Naming): Json {
  const json = settled(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', metadata: components as never }), { name, schemas });
  const id = components.get(schema)?.id;
  if (id === undefined) return json;
  schemas[id] ??= json;
  return { $ref: `#/components/schemas/${id}` };
}

interface Naming {
  /** What unnamed parts that refer to themselves are called after. */
  name: string;
  schemas: Record<string, Json>;
}

/** What the schema defines beside itself lies among the components. */
function settled(made: object, { name, schemas }: Naming): Json {
  const text = JSON.stringify(made)
    .replaceAll('__schema', `${capital(name)}Part`)
    .replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _, $defs = {}, id: __, ...json } = JSON.parse(text) as Json & { $defs?: Record<string, Json> };
  for (const [key, { id: ___, ...part }] of Object.entries($defs)) schemas[key] ??= part;
  return json;
}

function problem(): Json {
  const codes = Object.keys(errorStatus) as ErrorCode[];
  return {
    type: 'object',
    description: 'RFC 9457.',
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: codes },
      detail: { type: 'string', description: 'A sentence for a person.' },
      field: { type: 'string', description: 'Which part of what was sent it is about.' },
      retryAfterMs: { type: 'number' },
    },
    required: ['type', 'title', 'status', 'code', 'detail'],
  };
}
