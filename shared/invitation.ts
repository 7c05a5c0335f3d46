import * as z from 'zod';
import { byLanguageSchema, isSaid, languageSchema } from './by-language.ts';
import { INVITATION_PAGES_MAX } from './inbox-limits.ts';
import { lineSchema } from './text.ts';

/**
 * A proactive invitation: when all conditions that are set hold, the visitor is shown `text` beside the launcher, once in
 * `onceInDays`. Decided in the visitor's browser; never over a conversation under way or an open panel.
 */
export const invitationSchema = z
  .object({
    id: z.string().min(1).max(40),
    isOn: z.boolean(),
    text: byLanguageSchema(300),
    /** Page addresses with `*` for anything, matched against path and query (or the whole address when it starts with http). Empty: every page. */
    pages: z.array(lineSchema(300)).max(INVITATION_PAGES_MAX).default([]),
    /** Seconds on this page. */
    afterSeconds: z.number().int().min(0).max(3_600).nullable().default(null),
    /** Percent of the page that was scrolled past. */
    scrolledPercent: z.number().int().min(1).max(100).nullable().default(null),
    /** The pointer leaves towards the browser's bar; on touch screens a quick scroll back up. */
    onExitIntent: z.boolean().default(false),
    /** Null: anybody. */
    isReturning: z.boolean().nullable().default(null),
    /** Empty: in every language. */
    languages: z.array(languageSchema).default([]),
    hours: z.enum(['any', 'open', 'closed', 'staffed']).default('any'),
    /** The cart value that the site told with `setFields({ cartValue })` is at least this. */
    cartValueMin: z.number().min(0).nullable().default(null),
    onceInDays: z.number().int().min(1).max(365).default(7),
  })
  .superRefine(({ isOn, text }, context) => {
    if (isOn && !isSaid(text)) context.addIssue({ code: 'custom', path: ['text'], message: 'must be said in some language' });
  });
export type Invitation = z.infer<typeof invitationSchema>;
