/** A row of a file as what would be written of it, or why it cannot be. Knows nothing of who is here already. */
import { emailSchema, type IdentityKind, type Lifecycle } from '../../shared/contact.ts';
import { TAGS_MAX } from '../../shared/contact-limits.ts';
import type { CustomField, FieldValue } from '../../shared/custom-fields.ts';
import type { ImportPlan, ImportTarget, RowReason } from '../../shared/customer-import.ts';
import { readFieldText } from '../../shared/field-judge.ts';
import { foldName } from '../../shared/fold.ts';
import { canonicalLocale } from '../../shared/spoken-locale.ts';
import { lineSchema } from '../../shared/text.ts';
import { findE164 } from '../contacts/phone.ts';

/** What stands in a row; what is empty is not there, and changes nothing. */
export interface ImportDraft {
  name?: string;
  company?: string;
  companyId?: string;
  lifecycle?: Lifecycle;
  ownerId?: string;
  tags: string[];
  locale?: string;
  identities: { kind: IdentityKind; value: string }[];
  values: { fieldId: string; key: string; kind: string; value: FieldValue }[];
}

type ReadDraft = { draft: ImportDraft } | { reason: RowReason | `field:${string}` };

/** What cells are understood by. */
export interface ImportWords {
  fields: readonly CustomField[];
  /** Agents' ids by their e-mails and folded names; null where two share one. */
  agents: ReadonlyMap<string, string | null>;
  /** Companies' ids by the folded names. */
  companies: ReadonlyMap<string, string>;
}

const lifecycles = new Map<string, Lifecycle>(
  (
    [
      ['lead', ['lead', 'new', 'prospect', 'ליד', 'מתעניין', 'מתעניינת', 'חדש']],
      ['customer', ['customer', 'active', 'client', 'active customer', 'לקוח', 'לקוחה', 'לקוח פעיל', 'פעיל', 'פעילה']],
      ['lapsed', ['lapsed', 'inactive', 'former', 'churned', 'לקוח לשעבר', 'לא פעיל', 'לא פעילה', 'לשעבר', 'רדום', 'נטש']],
    ] as const
  ).flatMap(([lifecycle, words]) => words.map((word) => [foldName(word), lifecycle] as const)),
);
export function lifecycleOf(word: string): Lifecycle | undefined {
  return lifecycles.get(foldName(word));
}

const languageNames = new Map(
  Object.entries({
    he: ['hebrew', 'עברית'],
    en: ['english', 'אנגלית'],
    ar: ['arabic', 'ערבית'],
    ru: ['russian', 'רוסית'],
    fr: ['french', 'צרפתית'],
    es: ['spanish', 'ספרדית'],
  }).flatMap(([tag, names]) => names.map((name) => [foldName(name), tag] as const)),
);
const line = lineSchema(120);
const externalLine = lineSchema(200);
const tagLine = lineSchema(50);

export function readDraft(cells: readonly string[], { mapping, tag }: ImportPlan, words: ImportWords): ReadDraft {
  const draft: ImportDraft = { tags: tag === null || tag === '' ? [] : [tag], identities: [], values: [] };
  const names: { first?: string; last?: string } = {};
  // Cells without a heading would be lost unseen.
  if (cells.length > mapping.length && cells.slice(mapping.length).some((cell) => cell.trim() !== '')) return { reason: 'columns' };
  for (const [at, target] of mapping.entries()) {
    const text = cleanCell(cells[at] ?? '');
    if (target === null || text === '') continue;
    if (target === 'first-name') names.first = text;
    else if (target === 'last-name') names.last = text;
    else {
      const reason = take(draft, target, text, words);
      if (reason) return { reason };
    }
  }
  const joined = [names.first, names.last].filter(Boolean).join(' ');
  if (draft.name === undefined && joined !== '') {
    const name = line.safeParse(joined);
    if (!name.success) return { reason: 'name' };
    draft.name = name.data;
  }
  draft.tags = [...new Set(draft.tags)];
  if (draft.tags.length > TAGS_MAX) return { reason: 'tags' };
  if (draft.name === undefined && draft.identities.length === 0) return { reason: 'nobody' };
  return { draft };
}

/** Marks of direction that a copy brings along, the apostrophe that guards against formulas, and white space around. */
export function cleanCell(cell: string): string {
  return cell
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()
    .replace(/^'(?=[=+\-@])/, '');
}

function take(
  draft: ImportDraft,
  target: Exclude<ImportTarget, 'first-name' | 'last-name'>,
  text: string,
  words: ImportWords,
): RowReason | `field:${string}` | undefined {
  switch (target) {
    case 'name':
    case 'company': {
      // A cell may be broken into lines; a name is one.
      const read = line.safeParse(text.replace(/\s*[\r\n]+\s*/g, ' '));
      if (!read.success) return target;
      draft[target] = read.data;
      const companyId = target === 'company' ? words.companies.get(foldName(read.data)) : undefined;
      if (companyId !== undefined) draft.companyId = companyId;
      return undefined;
    }
    case 'phone': {
      const phone = findE164(text, draft.locale ?? null);
      if (phone === null) return 'phone';
      addIdentity(draft, 'phone', phone);
      return undefined;
    }
    case 'email': {
      const email = emailSchema.safeParse(text);
      if (!email.success) return 'email';
      addIdentity(draft, 'email', email.data);
      return undefined;
    }
    case 'external': {
      const external = externalLine.safeParse(text);
      if (!external.success) return 'external';
      addIdentity(draft, 'external', external.data);
      return undefined;
    }
    case 'lifecycle': {
      const lifecycle = lifecycleOf(text);
      if (lifecycle === undefined) return 'lifecycle';
      draft.lifecycle = lifecycle;
      return undefined;
    }
    case 'owner': {
      const ownerId = words.agents.get(text.toLowerCase()) ?? words.agents.get(foldName(text));
      if (!ownerId) return 'owner';
      draft.ownerId = ownerId;
      return undefined;
    }
    case 'tags': {
      const tags = text.split(/[,;|]/).map((tag) => tag.trim());
      for (const tag of tags.filter((one) => one !== '')) {
        if (!tagLine.safeParse(tag).success) return 'tags';
        draft.tags.push(tag);
      }
      return undefined;
    }
    case 'language': {
      const locale = languageNames.get(foldName(text)) ?? canonicalLocale(text);
      if (!locale) return 'language';
      draft.locale = locale;
      return undefined;
    }
    default: {
      const key = target.slice('field:'.length);
      const field = words.fields.find((one) => one.key === key && one.mayEdit);
      const value = field ? readFieldText(field, text) : null;
      if (!field || value === null) return `field:${key}`;
      draft.values.push({ fieldId: field.id, key, kind: field.kind, value });
      return undefined;
    }
  }
}

function addIdentity({ identities }: ImportDraft, kind: IdentityKind, value: string): void {
  if (!identities.some((one) => one.kind === kind && one.value === value)) identities.push({ kind, value });
}
