/** What in a segment changes by itself: moments that come nearer or go by, and what a message moves without a trigger. */
import { type CustomerFilter, conditionsOf, type MomentName, type When } from '../../shared/customer-filter.ts';
import type { Border } from './segment-border-store.ts';

const DAY_MS = 24 * 3_600_000;
const movedByMessages: readonly MomentName[] = ['seen', 'conversed'];

export function bordersOf(filter: CustomerFilter): Border[] {
  const borders = conditionsOf(filter).flatMap((condition): Border[] => {
    if (!('when' in condition)) return [];
    const what = condition.on === 'field' ? { fieldId: condition.fieldId } : condition.on;
    const isMoved = condition.on !== 'field' && movedByMessages.includes(condition.on);
    return [
      ...shiftsOf(condition.when).map((shiftMs) => ({ what, shiftMs, isEvent: false })),
      ...(isMoved ? [{ what, shiftMs: 0, isEvent: true }] : []),
    ];
  });
  return [...new Map(borders.map((border) => [JSON.stringify(border), border])).values()];
}

function shiftsOf(when: When): number[] {
  if (when.op === 'older' || when.op === 'within') return [when.days * DAY_MS];
  // What lies ahead comes in at the far end, and goes out at the near one.
  return when.op === 'ahead' ? [-when.days * DAY_MS, 0] : [];
}
