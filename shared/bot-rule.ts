import * as z from 'zod';
import { byLanguageSchema } from './by-language.ts';

/** When an inbox's bot may speak by itself, as whom, and when a conversation that it has answered is over. */
export const botRuleSchema = z.object({
  /** While nobody can answer: outside business hours, or with nobody online. */
  outside: z.boolean(),
  /** Within them, while the visitor waits for a person. */
  waiting: z.boolean(),
  /** Beside it stands that it is automatic, whatever it is called. */
  name: byLanguageSchema(60).default({}),
  /** Answered, and silent for so long, it has ended; and after so long a conversation that a person had is a new question. */
  endsAfterHours: z.number().int().min(1).max(720),
});
export type BotRule = z.infer<typeof botRuleSchema>;

export const firstBotRule: BotRule = { outside: true, waiting: false, name: {}, endsAfterHours: 24 };
