/** So long a customer waits before it has waited too long, and before that is near, where no policy promises anything else. */
export const USUAL_WAIT_MS = 5 * 60_000;
export const USUAL_WARN_MS = 4 * 60_000;
