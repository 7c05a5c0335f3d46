import * as z from 'zod';
import { idSchema } from './id.ts';
import { lifecycleNames } from './lifecycle.ts';
import { lineSchema } from './text.ts';

/** Of one condition. */
export const VIEW_VALUES_MAX = 30;

/** `open` stands for whatever is neither asleep nor resolved. */
const viewStatuses = ['open', 'snoozed', 'resolved'] as const;
export type ViewStatus = (typeof viewStatuses)[number];

const viewPromises = ['breached', 'soon'] as const;
export type ViewPromise = (typeof viewPromises)[number];

/** `queue`: whoever is more urgent, and then whoever waits longer. `due`: whose promised answer runs out first. */
const viewSorts = ['waiting', 'queue', 'due', 'newest', 'oldest'] as const;
export const viewSortSchema = z.enum(viewSorts);
export type ViewSort = z.infer<typeof viewSortSchema>;

/**
 * Which conversations a view shows. All conditions must hold; of the values of one condition any will do; what is absent or empty
 * asks for nothing, except `statuses`, which is `open` then. `me` and `mine` are whoever looks.
 */
export const viewFilterSchema = z.strictObject({
  statuses: z.array(z.enum(viewStatuses)).max(viewStatuses.length).optional(),
  assignees: z
    .array(z.union([idSchema, z.enum(['me', 'none'])]))
    .max(VIEW_VALUES_MAX)
    .optional(),
  teams: z
    .array(z.union([idSchema, z.enum(['mine', 'none'])]))
    .max(VIEW_VALUES_MAX)
    .optional(),
  tags: z.array(lineSchema(50)).max(VIEW_VALUES_MAX).optional(),
  inboxIds: z.array(idSchema).max(VIEW_VALUES_MAX).optional(),
  isUnread: z.literal(true).optional(),
  /** Only those in which a note names whoever looks. */
  isMentioned: z.literal(true).optional(),
  /** Only those in which somebody has been waiting for at least so long. */
  waitingMs: z
    .number()
    .int()
    .min(0)
    .max(366 * 24 * 3_600_000)
    .optional(),
  /** Only those who wait for an answer that is late, or will be soon: by what is promised, or by the usual time where nothing is. */
  promises: z.array(z.enum(viewPromises)).max(viewPromises.length).optional(),
  /** Of the customer: a language without its country. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(VIEW_VALUES_MAX)
    .optional(),
  lifecycles: z.array(z.enum(lifecycleNames)).max(lifecycleNames.length).optional(),
  isVerified: z.boolean().optional(),
  fields: z
    .array(z.strictObject({ name: lineSchema(60), value: lineSchema(200) }))
    .max(5)
    .optional(),
});
export type ViewFilter = z.infer<typeof viewFilterSchema>;

/** A filter as it stands in an address. */
const writtenFilterSchema = z
  .string()
  .max(6_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(viewFilterSchema);

/** `GET /api/views/page`: conversations as rows. `GET /api/views/ids`: all that fit, in bigger pages, by their ids alone. */
export const viewPageQuerySchema = z.object({
  filter: writtenFilterSchema,
  sort: z.enum(viewSorts).default('waiting'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const viewIdsQuerySchema = viewPageQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(2_000).default(1_000) });
export type ViewPageQuery = z.infer<typeof viewPageQuerySchema>;

/** `POST /api/views/fitting`: which of these conversations are in the view. */
export const viewFittingSchema = z.object({ filter: viewFilterSchema, ids: z.array(idSchema).min(1).max(200) });
export type ViewFittingRequest = z.infer<typeof viewFittingSchema>;

/** A filter with a name. `ownerId` is who made it; a shared one is everybody's to open. */
export const savedViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  filter: viewFilterSchema,
  sort: viewSortSchema,
  isShared: z.boolean(),
  ownerId: z.string(),
  /** Whether whoever asks may rename, change and delete it. */
  isMineToChange: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

const nameSchema = lineSchema(60);

/** The client makes the id, so that a view which was deleted by mistake comes back under its old address. */
export const viewCreateSchema = z.object({
  id: idSchema,
  name: nameSchema,
  filter: viewFilterSchema,
  sort: z.enum(viewSorts).default('waiting'),
  isShared: z.boolean().default(false),
});
export type ViewCreateRequest = z.infer<typeof viewCreateSchema>;

export const viewPatchSchema = z.object({
  name: nameSchema.optional(),
  filter: viewFilterSchema.optional(),
  sort: z.enum(viewSorts).optional(),
  isShared: z.boolean().optional(),
});
export type ViewPatch = z.infer<typeof viewPatchSchema>;

/** `POST /api/views/order`: these stand in this order from now on, each kind among its own. */
export const viewOrderSchema = z.object({ ids: z.array(idSchema).max(500) });

/** How many conversations are in a view; `isMore`: at least so many. */
export const viewCountSchema = z.object({
  count: z.number(),
  isMore: z.boolean(),
});
export type ViewCount = z.infer<typeof viewCountSchema>;

/** `GET /api/views/counts`: of each ready-made view but the mentions and the resolved ones, and of each saved one, by name or id. */
export const viewCountsSchema = z.object({
  counts: z.record(z.string(), viewCountSchema),
});
export type ViewCounts = z.infer<typeof viewCountsSchema>;
