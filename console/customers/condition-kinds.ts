/** Everything that can be asked of customers, as the filter's editor offers it. */

import type { Permission } from '../../shared/agent.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerCondition } from '../../shared/customer-filter.ts';
import { momentNames, openNames } from '../../shared/customer-filter.ts';
import { isMatter, matterNames } from '../../shared/matter-condition.ts';
import { minorDigits } from '../../shared/money.ts';
import type { When } from '../../shared/when.ts';
import { t } from '../texts/texts.ts';
import type { ConditionWords } from './condition-words.ts';
import { firstMatter, isWholeMatter } from './matter-criteria.ts';

/** What is asked about: a condition's `on`, with what is open or which field where that matters. */
export type Topic =
  | Exclude<CustomerCondition['on'], 'open' | 'field' | 'segment'>
  | `open:${(typeof openNames)[number]}`
  | `field:${string}`;

const plainTopics = [
  'lifecycle',
  'owner',
  'tag',
  'company',
  'language',
  'name',
  'email',
  'phone',
  'external',
  'consent',
  'value',
  'purchases',
  'inbox',
  ...matterNames,
  ...momentNames,
] as const;

const rights: Partial<Record<string, Permission>> = {
  opportunity: 'opportunities:view',
  ticket: 'tickets:view',
  task: 'tasks:view',
  value: 'purchases:view',
  purchases: 'purchases:view',
  purchased: 'purchases:view',
  'first-purchased': 'purchases:view',
  ends: 'purchases:view',
  inbox: 'conversations:view-all',
  conversed: 'conversations:view-all',
  'open:task': 'tasks:view',
  'open:ticket': 'tickets:view',
  'open:opportunity': 'opportunities:view',
  'open:conversation': 'conversations:view-all',
};

/** Those that this agent may ask about. */
export function topicsFor(may: (permission: Permission) => boolean, fields: readonly CustomField[]): Topic[] {
  const plain: Topic[] = [...plainTopics, ...openNames.map((name) => `open:${name}` as const)];
  const allowed = plain.filter((topic) => {
    const right = rights[topic];
    // Who sees only some of the tickets is not told by a list whom the others are about.
    const isOfTickets = topic === 'ticket' || topic === 'open:ticket';
    return (right === undefined || may(right)) && (!isOfTickets || may('conversations:view-all'));
  });
  return [...allowed, ...fields.map(({ id }) => `field:${id}` as const)];
}

export function topicOf(condition: CustomerCondition): Topic {
  if (condition.on === 'open') return `open:${condition.what}`;
  if (condition.on === 'field') return `field:${condition.fieldId}`;
  return condition.on as Topic;
}

export function topicName(topic: Topic, fields: readonly CustomField[]): string {
  if (topic.startsWith('field:')) return fields.find(({ id }) => topic === `field:${id}`)?.name ?? '';
  return t(`customers.topic.${topic as Exclude<Topic, `field:${string}`>}`);
}

const within: When = { op: 'within', days: 30 };

/** With what it begins when somebody chooses the topic. */
export function firstCondition(topic: Topic, { fields, currency }: Pick<ConditionWords, 'fields' | 'currency'>): CustomerCondition {
  if (topic.startsWith('open:')) return { on: 'open', what: openNames.find((name) => topic === `open:${name}`) ?? 'task', is: true };
  if (topic.startsWith('field:')) return firstFieldCondition(topic.slice('field:'.length), fields);
  switch (topic) {
    case 'lifecycle':
      return { on: 'lifecycle', op: 'any', values: ['customer'] };
    case 'owner':
      return { on: 'owner', op: 'any', values: ['me'] };
    case 'language':
      return { on: 'language', op: 'any', values: ['he'] };
    case 'tag':
    case 'company':
    case 'inbox':
      return { on: topic, op: 'any', values: [] };
    case 'name':
      return { on: 'name', op: 'contains', value: '' };
    case 'email':
    case 'phone':
    case 'external':
      return { on: topic, presence: 'filled' };
    case 'consent':
      return { on: 'consent', kind: 'email', state: 'given' };
    case 'value':
      return { on: 'value', currency, from: 100 * 10 ** minorDigits(currency) };
    case 'purchases':
      return { on: 'purchases', from: 1 };
    case 'opportunity':
    case 'ticket':
    case 'task':
      return firstMatter(topic);
    default:
      return { on: topic as 'created', when: within };
  }
}

function firstFieldCondition(fieldId: string, fields: readonly CustomField[]): CustomerCondition {
  switch (fields.find(({ id }) => id === fieldId)?.kind) {
    case 'number':
    case 'money':
      return { on: 'field', fieldId, range: { from: 1 } };
    case 'date':
      return { on: 'field', fieldId, when: { op: 'ahead', days: 30 } };
    case 'choice':
      return { on: 'field', fieldId, choice: { op: 'any', values: [] } };
    case 'yes-no':
      return { on: 'field', fieldId, is: true };
    default:
      return { on: 'field', fieldId, text: { op: 'contains', value: '' } };
  }
}

/** Whether it says all that the server wants to hear. */
export function isWhole(condition: CustomerCondition): boolean {
  if (isMatter(condition)) return isWholeMatter(condition);
  if ('values' in condition) return condition.values.length > 0;
  if ('choice' in condition) return condition.choice.values.length > 0;
  if ('value' in condition) return condition.value.trim() !== '';
  if ('text' in condition) return condition.text.value.trim() !== '';
  return true;
}
