/** A page's globals, with Node's own network: happy-dom's fetch would keep cookies and other origins from the tests. */
import { builtinEnvironments, type Environment } from 'vitest/runtime';

const page: Environment = {
  name: 'page',
  viteEnvironment: 'ssr',
  setup: async (global, options) => {
    const { fetch, Headers, Request, Response, AbortController, AbortSignal } = global;
    const { teardown } = await builtinEnvironments['happy-dom'].setup(global, options);
    Object.assign(global, { fetch, Headers, Request, Response, AbortController, AbortSignal });
    return { teardown };
  },
};

// biome-ignore lint/style/noDefaultExport: an environment is what Vitest finds there
export default page;
