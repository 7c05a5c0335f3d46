import { signal } from '@preact/signals';

interface TimelineNews {
  /** Null: perhaps of anybody's, after a connection that was lost. */
  contactId: string | null;
  /** What happened in a room of its own; without one it was written into the timeline itself, or among the documents. */
  room?: 'contact' | 'conversation' | 'ticket' | 'opportunity' | 'task';
}

/** Of whose timeline there is news. Another object each time. */
export const timelineNews = signal<TimelineNews>({ contactId: '' });
