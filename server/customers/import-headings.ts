/** What a column of a file is about, by its heading in Hebrew or English, or else by what stands in it. */
import type { CustomField } from '../../shared/custom-fields.ts';
import type { ImportTarget, PlainTarget } from '../../shared/customer-import.ts';
import { foldName } from '../../shared/fold.ts';

const headings: Record<PlainTarget, readonly string[]> = {
  'first-name': ['first name', 'firstname', 'given name', 'שם פרטי', 'פרטי'],
  'last-name': ['last name', 'lastname', 'surname', 'family name', 'שם משפחה', 'משפחה'],
  name: [
    'name',
    'full name',
    'fullname',
    'customer',
    'customer name',
    'contact',
    'contact name',
    'client',
    'שם',
    'שם מלא',
    'שם לקוח',
    'שם הלקוח',
    'לקוח',
    'איש קשר',
    'שם איש קשר',
  ],
  company: [
    'company',
    'company name',
    'organization',
    'organisation',
    'business',
    'account',
    'חברה',
    'שם חברה',
    'שם החברה',
    'ארגון',
    'עסק',
    'שם העסק',
  ],
  phone: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'mobile',
    'mobile phone',
    'cell',
    'cellphone',
    'whatsapp',
    'טלפון',
    'מספר טלפון',
    'טל',
    'נייד',
    'טלפון נייד',
    'סלולרי',
    'פלאפון',
    'טלפון 2',
    'phone 2',
    'וואטסאפ',
  ],
  email: ['email', 'e mail', 'mail', 'email address', 'מייל', 'אימייל', 'דואל', 'דוא ל', 'כתובת מייל', 'כתובת אימייל', 'דואר אלקטרוני'],
  external: [
    'id',
    'external id',
    'externalid',
    'customer id',
    'customer number',
    'client id',
    'crm id',
    'מזהה',
    'מספר לקוח',
    'מס לקוח',
    'קוד לקוח',
    'מזהה לקוח',
  ],
  lifecycle: ['lifecycle', 'lifecycle stage', 'stage', 'customer status', 'סטטוס', 'סטטוס לקוח', 'שלב', 'מצב לקוח'],
  owner: ['owner', 'account owner', 'assigned to', 'agent', 'sales rep', 'אחראי', 'באחריות', 'נציג', 'מטפל', 'סוכן', 'בעלים', 'איש מכירות'],
  tags: ['tags', 'tag', 'labels', 'תגית', 'תגיות', 'תוויות', 'תווית'],
  language: ['language', 'locale', 'lang', 'שפה'],
};

const known = new Map<string, PlainTarget>(
  Object.entries(headings).flatMap(([target, names]) => names.map((name) => [foldName(name), target as PlainTarget] as const)),
);

/** Each column once, apart from those of which a person has several. */
export function guessMapping(
  columns: readonly { heading: string; samples: readonly string[] }[],
  fields: readonly Pick<CustomField, 'key' | 'name'>[],
): (ImportTarget | null)[] {
  const taken = new Set<ImportTarget>();
  return columns.map(({ heading, samples }) => {
    const target = targetOf(heading, samples, fields);
    if (target === null || taken.has(target)) return null;
    if (target !== 'phone' && target !== 'email') taken.add(target);
    return target;
  });
}

function targetOf(heading: string, samples: readonly string[], fields: readonly Pick<CustomField, 'key' | 'name'>[]): ImportTarget | null {
  const key = foldName(heading);
  const field = fields.find((one) => foldName(one.name) === key || foldName(one.key) === key);
  if (field) return `field:${field.key}`;
  const plain = known.get(key);
  if (plain) return plain;
  const filled = samples.filter((sample) => sample.trim() !== '');
  if (filled.length === 0) return null;
  if (filled.every((sample) => /^\S+@\S+\.\S+$/.test(sample.trim()))) return 'email';
  return filled.every((sample) => /^\+?[\d()\-\s.]{9,18}$/.test(sample.trim()) && /^(\+|0)/.test(sample.trim())) ? 'phone' : null;
}
