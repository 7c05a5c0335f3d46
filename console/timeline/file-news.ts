import { signal } from '@preact/signals';

/** Of whose timeline there is news; null: perhaps of anybody's, after a connection that was lost. Another object each time. */
export const timelineNews = signal<{ contactId: string | null }>({ contactId: '' });
