import * as z from 'zod';
import type { Lifecycle } from './contact.ts';
import type { ConversationSummary } from './conversation.ts';
import { idSchema } from './id.ts';
import { MESSAGE_TEXT_MAX } from './limits.ts';
import type { Message } from './message.ts';
import { proseSchema } from './text.ts';

/** A browser that looks at a page of the site right now, as agents with `visitors:view` see it. Kept in memory, never stored. */
export interface LiveVisitor {
  id: string;
  inboxId: string;
  /** The page in the tab that was looked at last. Without `contacts:view-details` the address ends before `?`. */
  page: { url: string; title: string };
  pageSince: number;
  arrivedAt: number;
  pagesSeen: number;
  /** Where the visit came from, if that was another site. */
  referrer: string | null;
  /** In which language the widget speaks to it. */
  locale: string | null;
  device: LiveDevice;
  /** Two letters, as the proxy in front says; null without `COUNTRY_HEADER`. */
  country: string | null;
  /** Null for somebody who has never said a word or its name. */
  contact: { id: string; name: string | null; lifecycle: Lifecycle; isVerified: boolean } | null;
  /** As the site told it; null without `contacts:view-details`, or where it told nothing. */
  cartValue: number | null;
  /** Conversations that have ended. */
  earlier: number;
  /** In a conversation that has not ended; `conversationId` only if this agent may see it. */
  isTalking: boolean;
  conversationId: string | null;
}

export interface LiveDevice {
  kind: 'phone' | 'tablet' | 'computer';
  browser: string | null;
  system: string | null;
}

/** The newest visitors of a list that shows so many. */
export const LIVE_VISITORS_SHOWN = 200;

/** `total` are on the site, `found` of them fit the search. */
export interface LiveCount {
  total: number;
  found: number;
}

/** At most once a second: those that came or changed. */
export interface LiveVisitorsChanged extends LiveCount {
  visitors: LiveVisitor[];
}

/** Those that went, or fit no more. */
export interface LiveVisitorsLeft extends LiveCount {
  ids: string[];
}

/** From now on `visitor:changed` and `visitor:left` are told; `q` are words of the page or the name. */
export const visitorWatchSchema = z.object({ q: proseSchema(200).optional() });
export type VisitorWatchRequest = z.input<typeof visitorWatchSchema>;

export interface WatchedVisitors extends LiveVisitorsChanged {
  /** By the server's clock, which the times of visits are told in. */
  now: number;
  /** Whether any inbox shows its visitors at all. */
  isOn: boolean;
}

/** The agent speaks first: opens a conversation with somebody on the site, or goes on in the one that is open. */
export const visitorGreetSchema = z.object({
  id: idSchema,
  visitorId: idSchema,
  text: proseSchema(MESSAGE_TEXT_MAX).refine((text) => text.trim() !== '', 'must not be empty'),
});
export type VisitorGreetRequest = z.infer<typeof visitorGreetSchema>;

export interface Greeted {
  message: Message;
  conversation: ConversationSummary;
}
