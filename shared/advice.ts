/** What an agent might say to a question that stands unanswered. */

import type { Attachment } from './attachment.ts';
import type { AnswerReason } from './automatic-answer.ts';
import type { Language } from './language.ts';

export const SUGGESTIONS_MAX = 3;

/** From these confidences on it is called likely, and sure; below the first it is a perhaps. */
export const LIKELY_AT = 0.55;
export const SURE_AT = 0.8;

export interface AdviceSuggestion {
  /** An automatic answer, or a canned response that the agent may use. */
  kind: 'answer' | 'canned';
  id: string;
  title: string;
  /** In the customer's language where there is such a text. Variables of a canned response stand in it as they are written. */
  text: string;
  language: Language;
  files: Attachment[];
  /** 0 to 1. */
  confidence: number;
  reason: AnswerReason;
}

/** `GET /api/conversations/:id/advice`. Without a question that stands unanswered there is no message and nothing to suggest. */
export interface Advice {
  /** The visitor's last message: for this one and what came just before it. */
  messageId: string | null;
  suggestions: AdviceSuggestion[];
  /** The automatic answers could not be asked just now: a moment later there may be more. */
  isUnready?: true;
}
