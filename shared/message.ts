import * as z from 'zod';
import { ATTACHMENTS_MAX } from './attachment.ts';
import { attachmentSchema } from './attachment-schema.ts';
import { idSchema, seqSchema } from './id.ts';
import { MESSAGE_PAGE_MAX, MESSAGE_TEXT_MAX } from './limits.ts';
import { mentionSchema, mentionsSchema } from './mention.ts';
import { prioritySchema, reasonSchema } from './routing.ts';
import { lineSchema, proseSchema } from './text.ts';

export const authorKindSchema = z.enum(['visitor', 'agent', 'bot', 'system']);
export type AuthorKind = z.infer<typeof authorKindSchema>;
export const visibilitySchema = z.enum(['public', 'internal']);
export type Visibility = z.infer<typeof visibilitySchema>;

export const authorSchema = z.object({
  kind: authorKindSchema,
  id: z.string().optional(),
  name: z.string().optional(),
});
export type Author = z.infer<typeof authorSchema>;

/** Something that happened in the conversation, as a `system` message carries it: every reader is told in its own language. */
export const noticeSchema = z.object({
  /** `callback`: the visitor asked for a call; `callbackOurs`: an agent promised or moved one. */
  kind: z.enum([
    'joined',
    'left',
    'transferred',
    'ended',
    'reopened',
    'callback',
    'callbackOurs',
    'callbackCancelled',
    'handed',
    'prioritized',
    'routed',
    'called',
  ]),
  /** Of the agent whom it is about. Of one who has `called` and talked with the customer agents alone read. */
  name: z.string().optional(),
  /** To whom it was `handed`: a colleague's name or a team's. Agents alone read such a line. */
  to: z.string().optional(),
  /** When the call was promised, milliseconds. */
  at: z.number().optional(),
  /** The path of the page on which the visitor moves or cancels the call. Visitors alone are told it. */
  link: z.string().optional(),
  /** Of one that `ended` by itself: the visitor said that the answer helped, or said nothing more. */
  by: z.enum(['helped', 'quiet']).optional(),
  /** What it was made. Agents alone read such a line. */
  priority: prioritySchema.optional(),
  /** Why it was `routed`, in the order in which it was thought. Agents alone read such a line. */
  reasons: z.array(reasonSchema).optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What the bot said by itself, and on what occasion. */
export const automaticMarkSchema = z.object({
  /**
   * `answer`: one of the administrators' answers. `suggestions`: questions to choose from. `fallback`: that a person will answer, said once.
   * `person`: the same, asked for. `sorry` and `thanks` follow "did this help?", `greeting` a greeting.
   */
  kind: z.enum(['answer', 'suggestions', 'fallback', 'person', 'sorry', 'thanks', 'greeting']),
  /** Of an `answer`. */
  answerId: z.string().optional(),
  /** What the visitor has said of an `answer`; absent until it has. */
  helpful: z.boolean().optional(),
});
export type AutomaticMark = z.infer<typeof automaticMarkSchema>;

/** `answer:rate`: whether the automatic answer of this message helped. The last word counts. */
export const answerRateSchema = z.object({ messageId: idSchema, helpful: z.boolean() });
export type AnswerRateRequest = z.infer<typeof answerRateSchema>;

const choiceSchema = z.object({ id: z.string().min(1).max(40), text: lineSchema(80) });
/** Offered under the newest message; choosing one posts its text with `replyTo`. */
export type Choice = z.infer<typeof choiceSchema>;

/**
 * One message as everyone sees it. `seq` orders a conversation and is never reused; an `internal` message
 * (a note) takes a `seq` and is never sent to a visitor.
 */
export const messageSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  seq: z.number(),
  author: authorSchema,
  visibility: visibilitySchema,
  text: z.string(),
  attachments: z.array(attachmentSchema),
  choices: z.array(choiceSchema).optional(),
  /** Of a `bot` message that answers by itself. */
  automatic: automaticMarkSchema.optional(),
  /** Of a `system` message; `text` says the same in English, for whoever does not know the kind. */
  notice: noticeSchema.optional(),
  replyTo: z.string().optional(),
  /** Only of notes, which no visitor sees. */
  mentions: z.array(mentionSchema).optional(),
  /** Milliseconds since the epoch, UTC. */
  createdAt: z.number(),
});
export type Message = z.infer<typeof messageSchema>;

/** Empty only where files speak for themselves. */
const messageTextSchema = proseSchema(MESSAGE_TEXT_MAX).default('');
const attachmentIdsSchema = z
  .array(idSchema)
  .max(ATTACHMENTS_MAX)
  .refine((ids) => new Set(ids).size === ids.length, 'names a file twice')
  .optional();

function saysSomething({ text, attachmentIds }: { text: string; attachmentIds?: string[] | undefined }): boolean {
  return text.trim() !== '' || (attachmentIds !== undefined && attachmentIds.length > 0);
}
const mustSaySomething = { path: ['text'], message: 'must not be empty' };

/** What a visitor sends with `message:post`. Without `conversationId` the open conversation is meant, or a new one. */
export const visitorMessageDraftSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema.optional(),
    text: messageTextSchema,
    attachmentIds: attachmentIdsSchema,
    replyTo: idSchema.optional(),
    /** The frequent question of the first screen that was chosen: its answer follows, unless a person has joined. */
    questionId: lineSchema(40).optional(),
    /** The invitation that the visitor took up: a conversation that this message opens begins with its text. */
    invitationId: z.string().min(1).max(40).optional(),
  })
  .refine(saysSomething, mustSaySomething);
export type VisitorMessageDraft = z.infer<typeof visitorMessageDraftSchema>;

/** What an agent sends. With `expectedSeq` the reply is `stale` if somebody else's public message came after it. */
export const agentMessageDraftSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    text: messageTextSchema,
    attachmentIds: attachmentIdsSchema,
    visibility: z.enum(['public', 'internal']).optional(),
    expectedSeq: seqSchema.optional(),
    choices: z.array(choiceSchema).min(1).max(10).optional(),
    mentions: mentionsSchema.optional(),
    /** A note to whoever has the conversation. */
    isWhisper: z.boolean().optional(),
  })
  .refine(saysSomething, mustSaySomething)
  .refine(({ visibility, mentions }) => mentions === undefined || visibility === 'internal', {
    path: ['mentions'],
    message: 'belong in a note',
  })
  .refine(({ text, mentions = [] }) => mentions.every(({ at, length }) => at + length <= text.length), {
    path: ['mentions'],
    message: 'must lie within the text',
  })
  .refine(({ visibility, isWhisper }) => !isWhisper || visibility === 'internal', {
    path: ['isWhisper'],
    message: 'only a note can be whispered',
  });
export type AgentMessageDraft = z.infer<typeof agentMessageDraftSchema>;

/**
 * `after` pages forward from what a client has, `before` pages back through history; neither gives the newest page.
 * `afterId` is the id of the message that the client holds at `after`: if the server holds another one there, its
 * database was restored from a backup, and the reply is a fresh newest page (`isFresh`) instead of the difference.
 */
export const messageListSchema = z
  .object({
    conversationId: idSchema,
    after: seqSchema.optional(),
    afterId: idSchema.optional(),
    before: seqSchema.optional(),
    limit: z.number().int().min(1).max(MESSAGE_PAGE_MAX).optional(),
  })
  .refine((page) => page.after === undefined || page.before === undefined, 'after and before exclude each other');
export type MessageListRequest = z.infer<typeof messageListSchema>;

/** Always in ascending `seq`. `more`: the direction that was asked for holds more. `isFresh`: drop what you had. */
export interface MessagePage {
  messages: Message[];
  more: boolean;
  isFresh?: boolean;
}
