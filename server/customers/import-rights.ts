/**
 * Who may bring in customers by which plan. A row that is recognised tells whose phone or e-mail it is, so whoever may not see how
 * people are reached only adds new ones; whoever changes those that are here needs the right to change them.
 */
import type { ImportPlan } from '../../shared/customer-import.ts';
import { AppError } from '../../shared/errors.ts';
import type { Caller } from '../transport/wire.ts';

type Rights = Pick<Caller, 'permissions'>;

export function mayMatch({ permissions }: Rights): boolean {
  return permissions.includes('contacts:view-details') && permissions.includes('contacts:edit');
}

export function mayImportBy(caller: Rights, { mode }: ImportPlan): boolean {
  return caller.permissions.includes('contacts:import') && (mode === 'add' || mayMatch(caller));
}

export function requireImportBy(caller: Rights, plan: ImportPlan): void {
  if (!mayImportBy(caller, plan)) {
    throw new AppError('forbidden', 'mode: your role may not see how customers are reached, so it may only add new ones', {
      field: 'mode',
    });
  }
}
