/** What must be seen on a screen is waited for longer than a busy machine takes: a second, as the libraries have it, is a hiccup. */
import { afterEach, expect, vi } from 'vitest';

const timeout = 15_000;

// The files of a worker share `vi`.
if (!('isPatient' in vi)) {
  const { waitFor, waitUntil } = vi;
  const patiently = (wishes: Parameters<typeof waitFor>[1]) => (typeof wishes === 'number' ? wishes : { timeout, ...wishes });
  const patient: Pick<typeof vi, 'waitFor' | 'waitUntil'> = {
    waitFor: (look, wishes) => waitFor(look, patiently(wishes)),
    waitUntil: (look, wishes) => waitUntil(look, patiently(wishes)),
  };
  Object.assign(vi, patient, { isPatient: true });
}

// Where a test makes the page itself, the library may not be loaded before there is one; without components it is not loaded at all.
const rendersComponents = expect.getState().testPath?.endsWith('.tsx') ?? false;
if (rendersComponents && typeof document !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/preact');
  configure({ asyncUtilTimeout: timeout });
  afterEach(cleanup);
}
