/** What can be asked of an opportunity, a ticket or a task of a customer, in the order in which it is offered. */
import type { MatterCondition, MatterName } from '../../shared/matter-condition.ts';
import { t } from '../texts/texts.ts';

type KeyOf<Union> = Union extends unknown ? Exclude<keyof Union, 'on' | 'is'> : never;
export type CriterionKey = KeyOf<MatterCondition>;

export interface Criterion {
  key: CriterionKey;
  kind: 'some' | 'when' | 'amount' | 'flag';
  /** Whether it may lie ahead. */
  isAhead?: boolean;
}

const some = (key: CriterionKey): Criterion => ({ key, kind: 'some' });

const criteria: Record<MatterName, readonly Criterion[]> = {
  opportunity: [
    ...[some('statuses'), some('pipelineIds'), some('stageIds'), some('owners')],
    { key: 'amount', kind: 'amount' },
    { key: 'closes', kind: 'when', isAhead: true },
    { key: 'closed', kind: 'when' },
    some('lostReasonIds'),
  ],
  ticket: [some('statuses'), some('categoryIds'), some('priorities'), some('owners'), { key: 'opened', kind: 'when' }],
  task: [
    { key: 'isOverdue', kind: 'flag' },
    ...[some('kinds'), some('owners'), some('statuses')],
    { key: 'due', kind: 'when', isAhead: true },
    some('priorities'),
  ],
};

export function criteriaOf({ on }: { on: MatterName }): readonly Criterion[] {
  return criteria[on];
}

export function criterionName({ on }: { on: MatterName }, { key }: Criterion): string {
  return on === 'ticket' && key === 'owners' ? t('customers.criterion.assignees') : t(`customers.criterion.${key}`);
}

export function criterionValue(condition: MatterCondition, { key }: Criterion): unknown {
  return (condition as Partial<Record<CriterionKey, unknown>>)[key];
}

/** Undefined takes the criterion out. */
export function withValue(condition: MatterCondition, { key }: Criterion, value: unknown): MatterCondition {
  const { [key]: _, ...rest } = condition as MatterCondition & Partial<Record<CriterionKey, unknown>>;
  return (value === undefined ? rest : { ...rest, [key]: value }) as MatterCondition;
}

/** With what a criterion begins when somebody asks for it. */
export function firstValue({ kind, isAhead = false }: Criterion, currency: string): unknown {
  switch (kind) {
    case 'some':
      return [];
    case 'when':
      return isAhead ? { op: 'ahead', days: 14 } : { op: 'within', days: 30 };
    case 'amount':
      return { currency };
    case 'flag':
      return true;
  }
}

/** With what a condition begins. */
export function firstMatter(on: MatterName): MatterCondition {
  switch (on) {
    case 'opportunity':
      return { on, is: true, statuses: ['open'] };
    case 'ticket':
      return { on, is: true, statuses: ['new', 'open'] };
    case 'task':
      return { on, is: true, isOverdue: true };
  }
}

/** What is chosen from a list and holds nothing yet is not said to its end. */
export function isWholeMatter(condition: MatterCondition): boolean {
  return criteriaOf(condition).every((criterion) => {
    const value = criterionValue(condition, criterion);
    return !Array.isArray(value) || value.length > 0;
  });
}
