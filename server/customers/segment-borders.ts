/** What in a segment changes by itself: moments that come nearer or go by, and what a message moves without a trigger. */
import { type CustomerCondition, type CustomerFilter, conditionsOf, type MomentName } from '../../shared/customer-filter.ts';
import { isMatter, type MatterCondition } from '../../shared/matter-condition.ts';
import type { When } from '../../shared/when.ts';
import type { Border } from './segment-border-store.ts';

const DAY_MS = 24 * 3_600_000;
const movedByMessages: readonly MomentName[] = ['seen', 'conversed'];

export function bordersOf(filter: CustomerFilter): Border[] {
  const borders = conditionsOf(filter).flatMap((condition) => (isMatter(condition) ? ofMatter(condition) : ofFile(condition)));
  return [...new Map(borders.map((border) => [JSON.stringify(border), border])).values()];
}

function ofFile(condition: Exclude<CustomerCondition, MatterCondition>): Border[] {
  if (!('when' in condition)) return [];
  const what = condition.on === 'field' ? { fieldId: condition.fieldId } : condition.on;
  const isMoved = condition.on !== 'field' && movedByMessages.includes(condition.on);
  return [...passing(what, condition.when), ...(isMoved ? [{ what, shift: 0, isOfDays: false, isEvent: true }] : [])];
}

function ofMatter(condition: MatterCondition): Border[] {
  switch (condition.on) {
    case 'opportunity': {
      const { closes, closed } = condition;
      const days = closes ? daysBetween(closes) : [];
      return [
        ...days.map((shift): Border => ({ what: 'opportunity-closes', shift, isOfDays: true, isEvent: false })),
        ...(closed ? passing('opportunity-closed', closed) : []),
      ];
    }
    case 'ticket':
      return condition.opened ? passing('ticket-opened', condition.opened) : [];
    case 'task': {
      const { due, isOverdue } = condition;
      const late: Border[] = isOverdue === undefined ? [] : [{ what: 'task-due', shift: 0, isOfDays: false, isEvent: false }];
      return [...late, ...(due ? passing('task-due', due) : [])];
    }
  }
}

function passing(what: Border['what'], when: When): Border[] {
  return shiftsOf(when).map((shift) => ({ what, shift, isOfDays: false, isEvent: false }));
}

function shiftsOf(when: When): number[] {
  if (when.op === 'older' || when.op === 'within') return [when.days * DAY_MS];
  // What lies ahead comes in at the far end, and goes out at the near one.
  return when.op === 'ahead' ? [-when.days * DAY_MS, 0] : [];
}

/** As `daysOf` has it: today belongs to what was lately and to what lies ahead. */
function daysBetween(when: When): number[] {
  if (when.op === 'older') return [when.days + 1];
  if (when.op === 'within') return [when.days + 1, 0];
  return when.op === 'ahead' ? [-when.days, 1] : [];
}
