import { signal } from '@preact/signals';

/** Rises whenever other files may be one person than before: somebody has decided, or the house has looked. */
export const likenessNews = signal(0);
