import * as z from 'zod';
import { ATTACHMENTS_MAX } from './attachment.ts';
import { byLanguageSchema, isSaid } from './by-language.ts';
import type { ConversationStatus, ConversationSummary } from './conversation.ts';
import { idSchema, seqSchema } from './id.ts';
import { MESSAGE_TEXT_MAX } from './limits.ts';
import type { Message } from './message.ts';
import { reachedSchema, reachFields } from './reach.ts';
import { tagNameSchema } from './tag.ts';
import { lineSchema, proseSchema } from './text.ts';

export const snoozeSpans = ['hour', 'tomorrow', 'week'] as const;

export const MACRO_TAGS_MAX = 30;
const tagsSchema = z.array(tagNameSchema).max(MACRO_TAGS_MAX).default([]);

/** What is done, in this order. `reply` is a canned response or a text of its own. */
export const macroStepsSchema = z.object({
  reply: z
    .union([z.object({ cannedId: idSchema }), z.object({ texts: byLanguageSchema(MESSAGE_TEXT_MAX).refine(isSaid, 'must say something') })])
    .nullable()
    .default(null),
  /** The reply is shown in the composer, and everything else is done when it is sent. */
  isReplyShownFirst: z.boolean().default(false),
  note: proseSchema(MESSAGE_TEXT_MAX).default(''),
  addTags: tagsSchema,
  removeTags: tagsSchema,
  assign: z
    .union([z.object({ to: z.enum(['me', 'nobody']) }), z.object({ to: z.enum(['agent', 'team']), id: idSchema })])
    .nullable()
    .default(null),
  end: z
    .union([z.object({ status: z.literal('resolved') }), z.object({ status: z.literal('snoozed'), span: z.enum(snoozeSpans) })])
    .nullable()
    .default(null),
});
export type MacroSteps = z.infer<typeof macroStepsSchema>;

/** Several steps with one name. */
export const macroSchema = z.object({
  ...reachedSchema.shape,
  id: z.string(),
  name: z.string(),
  steps: macroStepsSchema,
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Macro = z.infer<typeof macroSchema>;

function doesSomething({ reply, note, addTags, removeTags, assign, end }: MacroSteps): boolean {
  return reply !== null || note.trim() !== '' || addTags.length + removeTags.length > 0 || assign !== null || end !== null;
}

const usefulStepsSchema = macroStepsSchema.refine(doesSomething, 'must do something');

export const macroCreateSchema = z.object({ name: lineSchema(80), steps: usefulStepsSchema, ...reachFields });
export type MacroCreateRequest = z.infer<typeof macroCreateSchema>;

export const macroPatchSchema = z.object({
  name: lineSchema(80).optional(),
  steps: usefulStepsSchema.optional(),
  reach: reachFields.reach.optional(),
  teamId: reachFields.teamId,
  expectedAt: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type MacroPatch = z.infer<typeof macroPatchSchema>;

/**
 * All steps or none. `id` is made by the client, and the reply's message has it. `text`, `fileIds` and `note` are what is said, with variables
 * filled in; `until` is the moment that the macro's span means to the agent. `expectedSeq`: the last message that was in sight;
 * `version`: the `updatedAt` of the macro that was.
 */
export const macroRunSchema = z.object({
  id: idSchema,
  macroId: idSchema,
  conversationId: idSchema,
  version: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  text: proseSchema(MESSAGE_TEXT_MAX).optional(),
  attachmentIds: z
    .array(idSchema)
    .max(ATTACHMENTS_MAX)
    .refine((ids) => new Set(ids).size === ids.length, 'names a file twice')
    .optional(),
  note: proseSchema(MESSAGE_TEXT_MAX).optional(),
  expectedSeq: seqSchema.optional(),
  until: z.number().int().positive().max(8_640_000_000_000_000).optional(),
});
export type MacroRunRequest = z.infer<typeof macroRunSchema>;

/** What stood there before the macro ran, so that it can be put back. */
export interface BeforeMacro {
  tags: string[];
  assigneeId: string | null;
  teamId: string | null;
  status: ConversationStatus;
  snoozedUntil: number | null;
}

export interface MacroRunReply {
  conversation: ConversationSummary;
  /** The reply as it was posted; null for a macro without one. */
  message: Message | null;
  before: BeforeMacro;
}
