import * as z from 'zod';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

/** What two files have in common. `name` and `near-name` say nothing alone: many people are called alike. */
export const likenessSigns = ['external', 'email', 'phone', 'name', 'near-name', 'company', 'domain', 'mailbox'] as const;
/** `value`: what both hold, hidden from who may not see it. */
export const likenessReasonSchema = z.object({ sign: z.enum(likenessSigns), value: z.string() });
export type LikenessReason = z.infer<typeof likenessReasonSchema>;

const identitySchema = z.object({
  id: idSchema.optional(),
  kind: z.enum(['phone', 'email', 'external']),
  value: z.string(),
  isVerified: z.boolean(),
});

/** A file as a list of proposals shows it. */
export const fileBriefSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  company: z.string().nullable(),
  lifecycle: z.enum(['lead', 'customer', 'lapsed']),
  identities: z.array(identitySchema),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** Who reads this may not see how to reach the person. */
  isMasked: z.literal(true).optional(),
});
export type FileBrief = z.infer<typeof fileBriefSchema>;

/**
 * Two files that may be one person. A `claim`: a visitor whom nobody vouches for says it is somebody whose file has been there
 * already; `contact` is the visitor's own file, `other` the one that it claims. Visitors are never told.
 */
export const likenessSchema = z.object({
  id: idSchema,
  kind: z.enum(['claim', 'duplicate']),
  contact: fileBriefSchema,
  other: fileBriefSchema,
  reasons: z.array(likenessReasonSchema),
  /** 1 to 99: how likely it is. */
  score: z.number(),
  createdAt: z.number(),
});
export type Likeness = z.infer<typeof likenessSchema>;
export const likenessListSchema = z.object({ items: z.array(likenessSchema), next: z.string().nullable() });

/** `GET /api/duplicates`: the most likely first. */
export const likenessQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type LikenessQuery = z.infer<typeof likenessQuerySchema>;

/** Whose word counts: the kept file's, the other's, or another one altogether (of `name` and `company` only). */
export const mergeChoiceSchema = z.union([z.enum(['this', 'other']), z.object({ value: lineSchema(120) })]);
export type MergeChoice = z.infer<typeof mergeChoiceSchema>;

/** `POST /api/contacts/:id/merge`. `keep` goes by the `key` of a row of the comparison; where nothing is said the suggested side counts. */
export const mergeRequestSchema = z.object({
  id: idSchema,
  otherId: idSchema,
  keep: z.record(z.string().max(200), mergeChoiceSchema).default({}),
});
export type MergeRequest = z.infer<typeof mergeRequestSchema>;

const personSchema = z.object({ id: idSchema, name: z.string() });

/** A merge that is in a file, or was. `moved`: how many things it took along, by kind. */
export const mergeSchema = z.object({
  id: idSchema,
  intoId: idSchema,
  fromId: idSchema,
  /** Whose file went into the other, as it was called then. */
  name: z.string().nullable(),
  at: z.number(),
  by: personSchema.nullable(),
  moved: z.record(z.string(), z.number()),
  undoneAt: z.number().nullable(),
  undoneBy: personSchema.nullable(),
  /** False once the person was erased. */
  canUndo: z.boolean(),
});
export type Merge = z.infer<typeof mergeSchema>;
export const mergeListSchema = z.object({ items: z.array(mergeSchema), next: z.null() });

/** What the kept file is called now, and for an undoing the other, too. */
export const mergedSchema = z.object({ merge: mergeSchema, contact: fileBriefSchema, other: fileBriefSchema.nullable() });
export type Merged = z.infer<typeof mergedSchema>;

const sideSchema = z.union([z.string(), z.number(), z.boolean()]).nullable();

/** One fact of both files, side by side. */
export const comparedFactSchema = z.object({
  key: z.string(),
  /** How it is written: as it stands, or by the kind of custom field, or what the console has words for. */
  kind: z.enum(['text', 'number', 'date', 'yes-no', 'money', 'link', 'lifecycle', 'language', 'consent', 'block', 'hidden']),
  /** Of what administrators or the site have named. */
  label: z.string().nullable(),
  currency: z.string().nullable(),
  this: sideSchema,
  other: sideSchema,
  isSame: z.boolean(),
  suggested: z.enum(['this', 'other']),
  /** False: the caller may not change this field; what is suggested counts. */
  mayChoose: z.boolean(),
});
export type ComparedFact = z.infer<typeof comparedFactSchema>;

/** `GET /api/contacts/:id/comparison?otherId=`: what a merge would have to decide, and what would come along. */
export const comparisonSchema = z.object({
  contact: fileBriefSchema,
  other: fileBriefSchema,
  facts: z.array(comparedFactSchema),
  tags: z.object({ this: z.array(z.string()), other: z.array(z.string()) }),
  /** Of the other file, by kind. */
  moves: z.record(z.string(), z.number()),
});
export type Comparison = z.infer<typeof comparisonSchema>;
export const comparisonQuerySchema = z.object({ otherId: idSchema });

/**
 * `POST /api/contacts/:id/split`: these go into a new file, whose id the client makes. A conversation takes along its ratings,
 * calls and, where nothing else of it stays, its browser.
 */
export const splitRequestSchema = z.object({
  id: idSchema,
  name: lineSchema(120).nullable().default(null),
  /** Ids of things, by kind. */
  items: z.record(z.string().max(40), z.array(idSchema).max(10_000)).default({}),
  identityIds: z.array(idSchema).max(200).default([]),
});
export type SplitRequest = z.infer<typeof splitRequestSchema>;
export const splitSchema = z.object({ contact: fileBriefSchema, other: fileBriefSchema, moved: z.record(z.string(), z.number()) });
export type Split = z.infer<typeof splitSchema>;
