/** A page's globals, with Node's own network: happy-dom's fetch would keep cookies and other origins from the tests. */
import { builtinEnvironments } from 'vitest/runtime';

const { fetch, Headers, Request, Response, AbortController, AbortSignal } = globalThis;
await builtinEnvironments['happy-dom'].setup(globalThis, {});
Object.assign(globalThis, { fetch, Headers, Request, Response, AbortController, AbortSignal });
