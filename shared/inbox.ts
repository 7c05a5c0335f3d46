import * as z from 'zod';
import { botRuleSchema, firstBotRule } from './bot-rule.ts';
import { byLanguageSchema, isSaid, languageSchema, requireDifferent } from './by-language.ts';
import { callbackRuleSchema, firstCallbackRule } from './callback-rule.ts';
import { CHOICE_OPTIONS_MAX, INVITATIONS_MAX, PRE_CHAT_FIELDS_MAX, QUESTIONS_MAX } from './inbox-limits.ts';
import { invitationSchema } from './invitation.ts';
import type { Language } from './language.ts';
import { lineSchema, proseSchema } from './text.ts';
import type { TextOverrides } from './texts/text-keys.ts';
import { timeZoneSchema } from './time-zone.ts';

/** Whether a visitor is asked for something before the first message. */
const demandSchema = z.enum(['hidden', 'optional', 'required']);
export type Demand = z.infer<typeof demandSchema>;

const preChatFieldSchema = z
  .object({
    /** Under this name the value goes into the contact's `fields`. */
    key: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[\p{L}\p{N}_ .-]+$/u),
    label: byLanguageSchema(80),
    kind: z.enum(['text', 'number', 'choice', 'checkbox']),
    demand: demandSchema,
    /** Of a `choice`, one a line in the console. */
    options: z.array(lineSchema(80)).max(CHOICE_OPTIONS_MAX).default([]),
  })
  .superRefine(({ label, kind, options }, context) => {
    if (!isSaid(label)) context.addIssue({ code: 'custom', path: ['label'], message: 'must be said in some language' });
    if (kind === 'choice' && options.length === 0) context.addIssue({ code: 'custom', path: ['options'], message: 'must offer something' });
  });
export type PreChatField = z.infer<typeof preChatFieldSchema>;

const preChatSchema = z
  .object({
    name: demandSchema,
    phone: demandSchema,
    email: demandSchema,
    consent: demandSchema,
    /** What a visitor agrees to. Links in it become links. */
    consentText: byLanguageSchema(500),
    fields: z.array(preChatFieldSchema).max(PRE_CHAT_FIELDS_MAX).superRefine(requireDifferent('key')),
  })
  .superRefine(({ consent, consentText }, context) => {
    if (consent === 'hidden' || isSaid(consentText)) return;
    context.addIssue({ code: 'custom', path: ['consentText'], message: 'must say what is agreed to' });
  });
export type PreChat = z.infer<typeof preChatSchema>;

const launcherSchema = z.object({
  icon: z.enum(['chat', 'question', 'wave', 'headset']),
  /** Stands beside the icon; none by default. */
  text: byLanguageSchema(30),
  /** `end` is the right on a page from left to right, and the left in Hebrew. */
  side: z.enum(['start', 'end', 'left', 'right']),
  /** Pixels from the edge of the page. */
  offsetInline: z.number().int().min(0).max(400),
  offsetBlock: z.number().int().min(0).max(400),
});
export type Launcher = z.infer<typeof launcherSchema>;

const questionSchema = z.object({
  id: z.string().min(1).max(40),
  text: byLanguageSchema(120).refine(isSaid, 'must be said in some language'),
  answer: byLanguageSchema(2_000),
});
/** Offered on the first screen. Choosing one sends its text as the visitor's message; the answer, if there is one, follows by the bot. */
export type FirstQuestion = z.infer<typeof questionSchema>;

const pluralSchema = z.object({ other: proseSchema(500) }).catchall(proseSchema(500));

/** Texts that the widget does not know are kept, and ignored; an empty one is none. */
const textOverridesSchema = z.partialRecord(
  languageSchema,
  z
    .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.union([proseSchema(500), pluralSchema]))
    .refine((texts) => Object.keys(texts).length <= 300, 'too many texts')
    .transform((texts) =>
      Object.fromEntries(Object.entries(texts).filter(([, said]) => (typeof said === 'string' ? said : said.other).trim())),
    ),
);

const settingsShape = {
  /** `#rrggbb`; the readable foreground is computed. */
  accent: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** `auto` follows the visitor's system. */
  theme: z.enum(['auto', 'light', 'dark']),
  /** `auto` follows the page's `lang`, then the browser. */
  locale: z.enum(['auto', ...languageSchema.options]),
  /** First line of the first screen; the widget's own text where it is missing. */
  greeting: byLanguageSchema(200),
  launcher: launcherSchema,
  /** Whether the header shows who answers with faces. */
  hasFaces: z.boolean(),
  preChat: preChatSchema,
  questions: z.array(questionSchema).max(QUESTIONS_MAX).superRefine(requireDifferent('id')),
  hasAttachments: z.boolean(),
  hasEmoji: z.boolean(),
  /** A soft sound for a message that arrives; each visitor can mute it. */
  hasSound: z.boolean(),
  /** Place in the queue and expected wait, while nobody has taken the conversation. */
  showsQueue: z.boolean(),
  hasCallback: z.boolean(),
  callbacks: callbackRuleSchema,
  hasRating: z.boolean(),
  hasTranscript: z.boolean(),
  /** Of the business: its hours, and times that it promises, are meant in it. */
  timeZone: timeZoneSchema,
  /** A visitor who comes back within so many days finds the conversation; 1 to 365. */
  returnWithinDays: z.number().int().min(1).max(365),
  invitations: z.array(invitationSchema).max(INVITATIONS_MAX).superRefine(requireDifferent('id')),
  /** Tells agents who is on the site now. Costs a connection a visitor. */
  hasLiveVisitors: z.boolean(),
  bot: botRuleSchema,
  /** What the business says instead of the widget's own texts. */
  texts: textOverridesSchema as unknown as z.ZodType<Partial<Record<Language, TextOverrides>>>,
};

const inboxSettingsSchema = z.object(settingsShape);
/** How one widget looks, what it asks and what it offers. */
export type InboxSettings = z.infer<typeof inboxSettingsSchema>;

/** One installed widget, as administrators see it. */
export const inboxSchema = z.object({
  id: z.string(),
  /** Public: it stands in the snippet on the site. */
  key: z.string(),
  name: z.string(),
  /** Origins whose pages may open this widget. Empty: any page may, which is for trying out. */
  allowedOrigins: z.array(z.string()),
  settings: inboxSettingsSchema,
  /** HS256 secret with which the site's server signs identities. */
  identitySecret: z.string(),
  /** PEM of an RS256 public key, when the site signs with its own key pair. */
  identityPublicKey: z.string().nullable(),
});
export type Inbox = z.infer<typeof inboxSchema>;

export const firstInboxSettings: InboxSettings = {
  accent: '#2f6f5e',
  theme: 'auto',
  locale: 'auto',
  greeting: {},
  launcher: { icon: 'chat', text: {}, side: 'end', offsetInline: 20, offsetBlock: 20 },
  hasFaces: true,
  preChat: { name: 'hidden', phone: 'hidden', email: 'hidden', consent: 'hidden', consentText: {}, fields: [] },
  questions: [],
  hasAttachments: true,
  hasEmoji: true,
  hasSound: true,
  showsQueue: true,
  hasCallback: true,
  callbacks: firstCallbackRule,
  hasRating: true,
  hasTranscript: true,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  returnWithinDays: 30,
  invitations: [],
  hasLiveVisitors: false,
  bot: firstBotRule,
  texts: {},
};

/** `GET /api/widget/:inboxKey`: public, cacheable. */
export const widgetSettingsSchema = z.object({
  ...inboxSettingsSchema.omit({ bot: true }).shape,
  business: z.string(),
  /** What the launcher is called, a language. */
  labels: z.record(languageSchema, z.string()),
  /** Whether `preChat` asks for anything at all. */
  isAsking: z.boolean(),
  /** Whether the first screen has more than a greeting. */
  hasFirst: z.boolean(),
  /** What the button is called that sends an invitation away. */
  dismissLabels: z.record(languageSchema, z.string()),
  /** The launcher's style sheet. */
  look: z.string(),
  /** The server can send e-mail. */
  hasMail: z.boolean(),
  /** Bytes that one attached file may have. */
  attachmentBytesMax: z.number(),
});
export type WidgetSettings = z.infer<typeof widgetSettingsSchema>;

const inboxChangeSchema = z.object({
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
  settings: inboxSettingsSchema.partial().optional(),
});

export const inboxPatchSchema = inboxChangeSchema.extend({
  identityPublicKey: z.string().max(4_000).startsWith('-----BEGIN PUBLIC KEY-----').nullable().optional(),
  /**
   * What the sender saw of the things it changes. Where one is different by now the whole request is refused with `conflict`,
   * and `field` names it: nobody undoes unseen what somebody else has just saved.
   */
  expected: z
    .object({
      name: z.string().max(120).optional(),
      allowedOrigins: z.array(z.string().max(300)).max(100).optional(),
      settings: z.partialRecord(inboxSettingsSchema.keyof(), z.unknown()).optional(),
    })
    .optional(),
});
export type InboxPatch = z.infer<typeof inboxPatchSchema>;

/** `POST /api/inboxes`: another widget, with settings to begin with. */
export const inboxCreateSchema = z.object({ name: lineSchema(120) });

/** Whether anyone can answer. `opensAt` (milliseconds, UTC) is null while open or when no opening is known. */
export interface Availability {
  open: boolean;
  staffed: boolean;
  opensAt: number | null;
  /** How long a message written now would wait for its answer, as measured lately; null when nobody has to wait, or nobody knows. */
  expectedWaitMs?: number | null;
  /** Up to three colleagues who are online, for the faces in the header. */
  agents?: { name: string; avatarUrl: string | null }[];
}
