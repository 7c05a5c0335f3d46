import * as z from 'zod';
import { canonicalLocale } from './spoken-locale.ts';
import { lineSchema, proseSchema } from './text.ts';

export type Lifecycle = 'lead' | 'customer' | 'lapsed';
export type IdentityKind = 'phone' | 'email' | 'external';
/** Who said it: the visitor itself, the site's server by its signature, an agent, an import or a program. */
export type IdentitySource = 'visitor' | 'site' | 'agent' | 'import' | 'api';

/** One way to recognise a person. `isVerified` only when the site's server signed it; anything else is a claim. */
export interface Identity {
  kind: IdentityKind;
  /** Phones in E.164, e-mails in lower case, external ids as given. */
  value: string;
  isVerified: boolean;
  source?: IdentitySource;
}

/** The customer file. */
export interface Contact {
  id: string;
  name: string | null;
  company: string | null;
  lifecycle: Lifecycle;
  /** Somebody has said so; the rule leaves it alone until the person buys again. */
  isLifecycleByHand: boolean;
  /** The agent who looks after this person. */
  ownerId: string | null;
  /** The company's own file; `company` is its name then, and what the person said otherwise. */
  companyId: string | null;
  tags: string[];
  locale: string | null;
  identities: Identity[];
  /** What the site or the pre-chat form told beyond the fixed fields. */
  fields: Record<string, string>;
  /** When and to which words the person last agreed; null for one who was never asked. */
  consent?: { at: number; text: string | null } | null;
  /** The page that the visitor was last seen on. */
  page: { url: string; title: string } | null;
  createdAt: number;
  /** By an agent or a program; what the person says itself does not count. */
  updatedAt: number;
  lastSeenAt: number;
  /** Who reads this may not see how to reach the person: values are hidden, not missing. */
  isMasked?: true;
  /** When the person had everything erased that was known of it. */
  erasedAt?: number;
  /** What it writes is refused, until then, or for good where `until` is null. Over once `until` has passed. */
  blocked?: { at: number; until: number | null };
}

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
