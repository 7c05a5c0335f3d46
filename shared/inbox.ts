import * as z from 'zod';
import { lineSchema, proseSchema } from './text.ts';

/** One installed widget, as administrators see it. */
export interface Inbox {
  id: string;
  /** Public: it stands in the snippet on the site. */
  key: string;
  name: string;
  /** Origins whose pages may open this widget. Empty: any page may, which is for trying out. */
  allowedOrigins: string[];
  settings: InboxSettings;
  /** HS256 secret with which the site's server signs identities. */
  identitySecret: string;
  /** PEM of an RS256 public key, when the site signs with its own key pair. */
  identityPublicKey: string | null;
}

export interface InboxSettings {
  /** `#rrggbb`; the readable foreground is computed. */
  accent: string;
  /** `auto` follows the page's `lang`, then the browser. */
  locale: 'auto' | 'he' | 'en';
  /** First line under the business name, per language; the widget's own text where it is missing. */
  greeting: { he?: string; en?: string };
}

/** `GET /api/widget/:inboxKey`: public, cacheable. */
export interface WidgetSettings extends InboxSettings {
  business: string;
}

export const inboxPatchSchema = z.object({
  name: lineSchema(120).optional(),
  allowedOrigins: z
    .array(
      z
        .string()
        .max(300)
        .regex(/^https?:\/\/[^/\s]+$/i, 'must be an origin like https://shop.example'),
    )
    .max(100)
    .optional(),
  settings: z
    .object({
      accent: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i)
        .optional(),
      locale: z.enum(['auto', 'he', 'en']).optional(),
      greeting: z.object({ he: proseSchema(200).optional(), en: proseSchema(200).optional() }).optional(),
    })
    .optional(),
  identityPublicKey: z.string().max(4_000).startsWith('-----BEGIN PUBLIC KEY-----').nullable().optional(),
});
export type InboxPatch = z.infer<typeof inboxPatchSchema>;

/** Whether anyone can answer. `opensAt` (milliseconds, UTC) is null while open or when no opening is known. */
export interface Availability {
  open: boolean;
  staffed: boolean;
  opensAt: number | null;
}
