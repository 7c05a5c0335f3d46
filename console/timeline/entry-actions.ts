import type { Activity } from '../../shared/activity.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { Http } from '../http.ts';

/** What can be done with what stands in a timeline, and who hears of it. */
export interface EntryActions {
  http: Http;
  contactId: string;
  onChanged: (activity: Activity) => void;
  onRemoved: (item: TimelineItem) => void;
  /** Null where no mail can be written. */
  onAnswer: ((item: TimelineItem) => void) | null;
}
