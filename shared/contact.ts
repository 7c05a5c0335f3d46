import * as z from 'zod';
import { TAGS_MAX } from './contact-limits.ts';
import { fieldPatchSchema, fieldValuesSchema } from './custom-fields.ts';
import { idSchema } from './id.ts';
import { lifecycleNames } from './lifecycle.ts';
import { moneySchema } from './money.ts';
import { canonicalLocale } from './spoken-locale.ts';
import { tagNameSchema } from './tag.ts';
import { lineSchema, proseSchema } from './text.ts';

export const lifecycleSchema = z.enum(lifecycleNames);
export type Lifecycle = z.infer<typeof lifecycleSchema>;
export const identityKinds = ['phone', 'email', 'external'] as const;
export type IdentityKind = (typeof identityKinds)[number];
/** Who said it: the visitor itself, the site's server by its signature, an agent, an import or a program. */
export const identitySources = ['visitor', 'site', 'agent', 'import', 'api'] as const;
export type IdentitySource = (typeof identitySources)[number];

/** One way to recognise a person. `isVerified` when the site's server signed it or an agent confirmed it; anything else is a claim. */
export const identitySchema = z.object({
  id: idSchema.optional(),
  kind: z.enum(identityKinds),
  /** Phones in E.164, e-mails in lower case, external ids as given. */
  value: z.string(),
  isVerified: z.boolean(),
  source: z.enum(identitySources).optional(),
  /** The agent who has confirmed the claim. */
  confirmedBy: z.object({ id: z.string(), name: z.string() }).optional(),
});
export type Identity = z.infer<typeof identitySchema>;

/** What the person has bought, in the business's currency. */
export const purchaseSumSchema = z.object({
  count: z.number(),
  total: moneySchema,
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
});
export type PurchaseSum = z.infer<typeof purchaseSumSchema>;

/** The customer file. */
export const contactSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  company: z.string().nullable(),
  lifecycle: z.enum(lifecycleNames),
  /** Somebody has said so; the rule leaves it alone until the person buys again. */
  isLifecycleByHand: z.boolean(),
  /** The agent who looks after this person. */
  ownerId: z.string().nullable(),
  /** The company's own file; `company` is its name then, and what the person said otherwise. */
  companyId: z.string().nullable(),
  tags: z.array(z.string()),
  locale: z.string().nullable(),
  identities: z.array(identitySchema),
  /** What the site or the pre-chat form told beyond the fixed fields. */
  fields: z.record(z.string(), z.string()),
  /** What stands in the fields that administrators made. */
  values: fieldValuesSchema,
  /** Null for who may not see purchases. */
  purchases: purchaseSumSchema.nullable(),
  /** When and to which words the person last agreed; null for one who was never asked. */
  consent: z.object({ at: z.number(), text: z.string().nullable() }).nullable().optional(),
  /** The page that the visitor was last seen on. */
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  createdAt: z.number(),
  /** By an agent or a program; what the person says itself does not count. */
  updatedAt: z.number(),
  lastSeenAt: z.number(),
  /** Who reads this may not see how to reach the person: values are hidden, not missing. */
  isMasked: z.literal(true).optional(),
  /** When the person had everything erased that was known of it. */
  erasedAt: z.number().optional(),
  /** What it writes is refused, until then, or for good where `until` is null. Over once `until` has passed. */
  blocked: z.object({ at: z.number(), until: z.number().nullable() }).optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** The visitor as it is told of itself. */
export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  company: string | null;
  isVerified: boolean;
  /** What need not be asked again: whether it has agreed, and which of the inbox's own fields hold a value. */
  hasConsented?: boolean;
  toldFields?: string[];
}

const fieldsSchema = z
  .record(z.string().min(1).max(60), z.string().max(1_000))
  .refine((fields) => Object.keys(fields).length <= 30, 'at most 30 fields');

export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((email) => email.toLowerCase());

/** What a visitor says of itself: claims, unless `identity` (a JWT that the site's server signed) says so. */
export const visitorIdentifySchema = z.object({
  name: lineSchema(120).optional(),
  email: emailSchema.optional(),
  phone: lineSchema(40).optional(),
  company: lineSchema(120).optional(),
  consent: z.boolean().optional(),
  /** The words that were agreed to, as they were shown. */
  consentText: proseSchema(1_000).optional(),
  fields: fieldsSchema.optional(),
  identity: z.string().max(4_096).optional(),
});
export type VisitorIdentifyRequest = z.infer<typeof visitorIdentifySchema>;

/** The page that a visitor is on. Only web addresses: agents are shown it as a link. A long title is cut. */
export const pageSchema = z.object({
  url: z
    .string()
    .max(2_048)
    .regex(/^https?:\/\//i, 'must be a web address'),
  title: proseSchema(10_000)
    .transform((title) => title.slice(0, 300))
    .optional()
    .default(''),
  referrer: z.string().max(2_048).optional(),
  /** What lies in the cart, as the site told it. */
  cartValue: z.number().min(0).max(1e12).optional().catch(undefined),
});
export type Page = z.infer<typeof pageSchema>;

/** Handshake of `/visitor`. A malformed part that is only informative is dropped, never the whole handshake. */
export const visitorHandshakeSchema = z.object({
  // Whatever is no inbox's key is refused as one that does not exist.
  inbox: z.string().max(64).catch(''),
  token: z.string().max(100).optional().catch(undefined),
  conversationId: z.string().max(21).optional().catch(undefined),
  after: z.number().int().min(0).optional().catch(undefined),
  afterId: z.string().max(21).optional().catch(undefined),
  epoch: z.string().max(21).optional().catch(undefined),
  locale: z.string().max(35).transform(canonicalLocale).optional().catch(undefined),
  page: pageSchema.optional().catch(undefined),
  /** The page is only looked at, and the window was not opened: the inbox shows its agents who is on the site. */
  isOnSite: z.boolean().optional().catch(undefined),
  identity: z.string().max(4_096).optional(),
});
export type VisitorHandshake = z.infer<typeof visitorHandshakeSchema>;

const localeSchema = z
  .string()
  .max(35)
  .refine((tag) => canonicalLocale(tag) !== undefined, 'must be a language like he or en-GB')
  .transform((tag) => canonicalLocale(tag) ?? tag);

/** What agents and programs write into a file. Null clears; an absent key stays as it is. */
const contactEditsSchema = z.object({
  name: lineSchema(120).nullable().optional(),
  /** In words, and no company's file; with `companyId` it is that file's name. */
  company: lineSchema(120).nullable().optional(),
  companyId: idSchema.nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  tags: z.array(tagNameSchema).max(TAGS_MAX).optional(),
  /** Null: as the rule has it. */
  lifecycle: z.enum(lifecycleNames).nullable().optional(),
  locale: localeSchema.nullable().optional(),
  values: fieldPatchSchema.optional(),
});
export type ContactEdits = z.infer<typeof contactEditsSchema>;

/**
 * `PATCH /api/contacts/:id`. `was`: what the writer saw in the keys that it changes. Where somebody else has changed one of them
 * meanwhile the whole is `stale` and names it; tags that others put on or took off stay so. `email` and `phone` replace, or take
 * away, one claim: that in `was`, else the one that came last. Other ones, and what was made sure of, stay.
 */
export const contactPatchSchema = contactEditsSchema.extend({
  email: emailSchema.nullable().optional(),
  phone: lineSchema(40).nullable().optional(),
  was: z
    .object({
      name: z.string().max(120).nullable(),
      company: z.string().max(120).nullable(),
      companyId: z.string().max(21).nullable(),
      ownerId: z.string().max(21).nullable(),
      tags: z.array(z.string().max(50)).max(TAGS_MAX),
      lifecycle: z.enum(lifecycleNames),
      locale: z.string().max(35).nullable(),
      email: z.string().max(254).nullable(),
      phone: z.string().max(40).nullable(),
      values: fieldPatchSchema,
    })
    .partial()
    .optional(),
});
export type ContactPatch = z.infer<typeof contactPatchSchema>;

/** `kind` says what the value must look like: phones as people write them, e-mails, an id of another system. */
export const identityDraftSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), value: lineSchema(40), isVerified: z.boolean().default(false) }),
  z.object({ kind: z.literal('email'), value: emailSchema, isVerified: z.boolean().default(false) }),
  z.object({ kind: z.literal('external'), value: lineSchema(200), isVerified: z.boolean().default(false) }),
]);
export type IdentityDraft = z.infer<typeof identityDraftSchema>;

/** Confirms a claim, or takes the confirmation back; another value is a claim until it is confirmed. */
export const identityPatchSchema = z
  .object({ isVerified: z.boolean().optional(), value: lineSchema(254).optional() })
  .refine(({ isVerified, value }) => isVerified !== undefined || value !== undefined, 'must change something');
export type IdentityPatch = z.infer<typeof identityPatchSchema>;

/** `POST /api/contacts`. The client makes the id: told twice, there is one file. `email` and `phone` are claims, beside what `identities` tells. */
export const contactCreateSchema = contactEditsSchema.extend({
  id: idSchema,
  email: emailSchema.optional(),
  phone: lineSchema(40).optional(),
  identities: z.array(identityDraftSchema).max(20).default([]),
});
export type ContactCreateRequest = z.infer<typeof contactCreateSchema>;

export const contactQuerySchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ContactQuery = z.infer<typeof contactQuerySchema>;
