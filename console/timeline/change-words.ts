/** What was changed in a file, in the language of the screen. */
import { lifecycleNames } from '../../shared/lifecycle.ts';
import type { TimelineChange } from '../../shared/timeline.ts';
import { language, type TextKey, t } from '../texts/texts.ts';

type Value = TimelineChange['from'];

export function changeWords(change: TimelineChange): string {
  const { field, name, from, to, side } = change;
  if (field === 'created')
    return typeof to === 'string' && openedBy.has(to) ? t(`timeline.opened.${to}` as 'timeline.opened.api') : fieldWords(field);
  if (field === 'merged') return typeof to === 'string' ? t('timeline.mergedOf', { name: apart(to) }) : t('timeline.merged');
  if (field === 'parted') return t('timeline.parted');
  const places = { field: apart(name ?? fieldWords(field)), from: valueWords(field, from), to: valueWords(field, to) };
  if (side === 'this') return t('timeline.keptThis', places);
  if (side === 'other') return t(from === null || from === '' ? 'timeline.cameAlong' : 'timeline.tookOther', places);
  return t('timeline.changed', places);
}

const openedBy = new Set(['agent', 'api', 'import']);

function valueWords(field: string, value: Value): string {
  if (value === null || value === '') return t('timeline.change.none');
  if (typeof value === 'boolean') return t(value ? 'timeline.change.yes' : 'timeline.change.no');
  const stage = field === 'lifecycle' && lifecycleNames.find((known) => known === value);
  if (stage) return t(`contact.lifecycle.${stage}`);
  return apart(field === 'locale' ? languageWords(String(value)) : String(value));
}

/** What people have written has a direction of its own. */
function apart(text: string): string {
  return `\u2068${text}\u2069`;
}

function languageWords(tag: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const fields = {
  block: 'timeline.change.block',
  company: 'timeline.change.company',
  companyId: 'timeline.change.companyId',
  created: 'timeline.change.created',
  email: 'timeline.change.email',
  'email.confirmed': 'timeline.change.emailConfirmed',
  external: 'timeline.change.external',
  isLifecycleByHand: 'timeline.change.isLifecycleByHand',
  lifecycle: 'timeline.change.lifecycle',
  locale: 'timeline.change.locale',
  name: 'timeline.change.name',
  ownerId: 'timeline.change.ownerId',
  phone: 'timeline.change.phone',
  'phone.confirmed': 'timeline.change.phoneConfirmed',
  tags: 'timeline.change.tags',
} as const satisfies Record<string, TextKey>;

function fieldWords(field: string): string {
  if (Object.hasOwn(fields, field)) return t(fields[field as keyof typeof fields]);
  return t(field.startsWith('consent') ? 'timeline.change.consent' : 'timeline.change.other');
}
