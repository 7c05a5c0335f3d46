/** An opportunity while it is being written. */
import type { Opportunity, Pipeline } from '../../shared/opportunity.ts';

export interface OpportunityDraft {
  name: string;
  contact: { id: string; name: string | null } | null;
  pipelineId: string;
  stageId: string;
  amount: number | null;
  currency: string;
  expectedCloseOn: string | null;
  probability: number | null;
  ownerId: string | null;
  note: string;
}

/** In another pipeline what was written before stays, as far as it fits there. */
export function newDraft(
  pipelines: readonly Pipeline[],
  { pipelineId, contact, held }: { pipelineId?: string; contact?: OpportunityDraft['contact']; held?: OpportunityDraft },
): OpportunityDraft {
  const pipeline = pipelines.find(({ id }) => id === pipelineId) ?? pipelines[0];
  return {
    ...(held ?? { name: '', contact: contact ?? null, amount: null, expectedCloseOn: null, probability: null, ownerId: null, note: '' }),
    pipelineId: pipeline?.id ?? '',
    stageId: pipeline?.stages[0]?.id ?? '',
    currency: pipeline?.currency ?? 'ILS',
  };
}

export function draftOf(opportunity: Opportunity): OpportunityDraft {
  const { name, contact, pipelineId, stageId, amount, currency, expectedCloseOn, probability, hasOwnProbability, ownerId, note } =
    opportunity;
  return {
    name,
    contact,
    pipelineId,
    stageId,
    amount,
    currency,
    expectedCloseOn,
    probability: hasOwnProbability ? probability : null,
    ownerId,
    note: note ?? '',
  };
}

export function isRight({ name, contact, amount, stageId }: OpportunityDraft): boolean {
  return name.trim() !== '' && contact !== null && stageId !== '' && !Number.isNaN(amount) && (amount ?? 0) >= 0;
}

export function patchOf({ name, contact, amount, currency, expectedCloseOn, probability, ownerId, note }: OpportunityDraft) {
  return {
    name: name.trim(),
    contactId: contact?.id,
    amount: amount ?? 0,
    currency,
    expectedCloseOn,
    probability,
    ownerId,
    note: note.trim() === '' ? null : note,
  };
}
