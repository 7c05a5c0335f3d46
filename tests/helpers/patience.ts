/** What must be seen on a screen is waited for longer than a busy machine takes: a second, as the libraries have it, is a hiccup. */
import type { Window as Page } from 'happy-dom';
import { afterEach, expect, vi } from 'vitest';

const timeout = 15_000;

// The files of a worker share their modules, and so `vi`.
if (!('isPatient' in vi)) {
  const { waitFor, waitUntil } = vi;
  const patiently = (wishes: Parameters<typeof waitFor>[1]) => (typeof wishes === 'number' ? wishes : { timeout, ...wishes });
  const patient: Pick<typeof vi, 'waitFor' | 'waitUntil'> = {
    waitFor: (look, wishes) => waitFor(look, patiently(wishes)),
    waitUntil: (look, wishes) => waitUntil(look, patiently(wishes)),
  };
  Object.assign(vi, patient, { isPatient: true });
}

// They share a page as well: each begins where nobody has been, with nothing that somebody kept.
if (typeof document !== 'undefined') {
  vi.unstubAllGlobals();
  (window as unknown as Page).happyDOM.setURL('http://localhost:3000/');
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
}

// Without components the library is not loaded.
if (expect.getState().testPath?.endsWith('.tsx')) {
  const { cleanup, configure } = await import('@testing-library/preact');
  configure({ asyncUtilTimeout: timeout });
  afterEach(cleanup);
}
