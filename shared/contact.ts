import * as z from 'zod';
import { canonicalLocale } from './spoken-locale.ts';
import { lineSchema, proseSchema } from './text.ts';

export const lifecycleSchema = z.enum(['lead', 'customer', 'lapsed']);
export type Lifecycle = z.infer<typeof lifecycleSchema>;
export const identityKindSchema = z.enum(['phone', 'email', 'external']);
export type IdentityKind = z.infer<typeof identityKindSchema>;
/** Who said it: the visitor itself, the site's server by its signature, an agent, an import or a program. */
export const identitySourceSchema = z.enum(['visitor', 'site', 'agent', 'import', 'api']);
export type IdentitySource = z.infer<typeof identitySourceSchema>;

/** One way to recognise a person. `isVerified` only when the site's server signed it; anything else is a claim. */
export const identitySchema = z.object({
  kind: identityKindSchema,
  /** Phones in E.164, e-mails in lower case, external ids as given. */
  value: z.string(),
  isVerified: z.boolean(),
  source: identitySourceSchema.optional(),
});
export type Identity = z.infer<typeof identitySchema>;

/** The customer file. */
export const contactSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  company: z.string().nullable(),
  lifecycle: lifecycleSchema,
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
  /** When and to which words the person last agreed; null for one who was never asked. */
  consent: z
    .object({
      at: z.number(),
      text: z.string().nullable(),
    })
    .nullable()
    .optional(),
  /** The page that the visitor was last seen on. */
  page: z
    .object({
      url: z.string(),
      title: z.string(),
    })
    .nullable(),
  createdAt: z.number(),
  /** By an agent or a program; what the person says itself does not count. */
  updatedAt: z.number(),
  lastSeenAt: z.number(),
  /** Who reads this may not see how to reach the person: values are hidden, not missing. */
  isMasked: z.literal(true).optional(),
  /** When the person had everything erased that was known of it. */
  erasedAt: z.number().optional(),
  /** What it writes is refused, until then, or for good where `until` is null. Over once `until` has passed. */
  blocked: z
    .object({
      at: z.number(),
      until: z.number().nullable(),
    })
    .optional(),
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

/** `PATCH /api/contacts/:id`. Null clears; an absent key stays as it is. */
export const contactPatchSchema = z.object({
  name: lineSchema(120).nullable().optional(),
  company: lineSchema(120).nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: lineSchema(40).nullable().optional(),
});
export type ContactPatch = z.infer<typeof contactPatchSchema>;

export const contactQuerySchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ContactQuery = z.infer<typeof contactQuerySchema>;
