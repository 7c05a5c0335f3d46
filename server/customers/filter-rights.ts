/** Nobody learns by a filter, an order or a segment what they are not shown. */
import type { Permission } from '../../shared/agent.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerSort } from '../../shared/customer.ts';
import { type CustomerCondition, type CustomerFilter, conditionsOf, type FieldCondition } from '../../shared/customer-filter.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { listFields } from '../fields/field-catalogue.ts';
import type { Caller } from '../transport/wire.ts';

export type KnownField = Pick<CustomField, 'id' | 'kind' | 'key'>;

const openRights: Record<Extract<CustomerCondition, { on: 'open' }>['what'], Permission> = {
  task: 'tasks:view',
  ticket: 'tickets:view',
  opportunity: 'opportunities:view',
  conversation: 'conversations:view-all',
};

/** Tickets are seen as conversations are; who does not see all of them is not told by a list whom the others are about. */
const ofTickets: readonly Permission[] = ['tickets:view', 'conversations:view-all'];

function rightsFor(condition: CustomerCondition): readonly Permission[] {
  if (condition.on === 'ticket' || (condition.on === 'open' && condition.what === 'ticket')) return ofTickets;
  return [rightFor(condition)];
}

function rightFor(condition: Exclude<CustomerCondition, { on: 'ticket' }>): Permission {
  switch (condition.on) {
    case 'email':
    case 'phone':
    case 'external':
      return 'op' in condition ? 'contacts:view-details' : 'contacts:view';
    case 'value':
    case 'purchases':
    case 'purchased':
    case 'first-purchased':
    case 'ends':
      return 'purchases:view';
    case 'inbox':
    case 'conversed':
      return 'conversations:view-all';
    case 'opportunity':
      return 'opportunities:view';
    case 'task':
      return 'tasks:view';
    case 'open':
      return openRights[condition.what];
    default:
      return 'contacts:view';
  }
}

const fieldShapes: Record<CustomField['kind'], readonly KeyOf<FieldCondition>[]> = {
  text: ['presence', 'text'],
  link: ['presence', 'text'],
  number: ['presence', 'range'],
  money: ['presence', 'range'],
  date: ['presence', 'when'],
  choice: ['presence', 'choice'],
  'yes-no': ['presence', 'is'],
};
type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** Custom fields of contacts that this caller sees. */
export async function listKnownFields(app: App, caller: Caller): Promise<CustomField[]> {
  return listFields(app, caller, { entity: 'contact' });
}

export function mayKnow(caller: Pick<Caller, 'permissions'>, filter: CustomerFilter, fields: readonly KnownField[]): boolean {
  return conditionsOf(filter).every((condition) => {
    if (!rightsFor(condition).every((right) => caller.permissions.includes(right))) return false;
    return condition.on !== 'field' || fields.some(({ id }) => id === condition.fieldId);
  });
}

/** Also refuses a condition that no field of this kind can have. */
export function requireKnowable(caller: Pick<Caller, 'permissions'>, filter: CustomerFilter, fields: readonly KnownField[]): void {
  if (!mayKnow(caller, filter, fields)) throw hidden('filter');
  for (const condition of conditionsOf(filter)) {
    if (condition.on !== 'field') continue;
    const kind = fields.find(({ id }) => id === condition.fieldId)?.kind ?? 'text';
    if (!fieldShapes[kind].some((shape) => shape in condition))
      throw new AppError('invalid', 'filter: this cannot be asked of a field of this kind', { field: 'filter' });
  }
}

export function requireSortable({ permissions }: Pick<Caller, 'permissions'>, sort: CustomerSort): void {
  if ((sort === 'value' || sort === 'purchased') && !permissions.includes('purchases:view')) throw hidden('sort');
}

function hidden(field: string): AppError {
  return new AppError('forbidden', 'This asks for what your role does not show.', { field });
}
