/** What is promised to customers. Of all policies, the first in their order that fits a conversation counts. */
import { AppError } from '../../shared/errors.ts';
import type { HoursClock } from '../../shared/hours-clock.ts';
import {
  SLA_POLICIES_MAX,
  type SlaPolicy,
  type SlaPolicyCreate,
  type SlaPolicyPatch,
  type SlaPreview,
  type SlaPreviewRequest,
} from '../../shared/sla.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { timeOf } from './promised-clocks.ts';
import { deletePolicy, findPolicy, insertPolicy, listPolicies, lockPolicy, updatePolicy } from './sla-policy-store.ts';

export async function listSlaPolicies(app: App): Promise<SlaPolicy[]> {
  return listPolicies(app.storage.db);
}

/** The same request again finds the first one. */
export async function createPolicy(app: App, { id, ...rules }: SlaPolicyCreate): Promise<SlaPolicy> {
  return app.storage.write(async (trx) => {
    const known = await findPolicy(trx, id);
    if (known) return known;
    const others = await listPolicies(trx);
    if (others.length >= SLA_POLICIES_MAX) throw new AppError('too-many', `There can be ${SLA_POLICIES_MAX} policies.`);
    const policy = { id, ...rules, place: (others.at(-1)?.place ?? 0) + 1, version: 1 };
    await insertPolicy(trx, policy, app.now());
    return policy;
  });
}

export async function changePolicy(app: App, id: string, { version, ...patch }: SlaPolicyPatch): Promise<SlaPolicy> {
  return app.storage.write(async (trx) => {
    const held = await lockPolicy(trx, id);
    if (!held) throw new AppError('not-found', 'There is no such policy.');
    if (held.version !== version) throw new AppError('conflict', 'Somebody has changed this policy meanwhile.', { field: 'version' });
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const next: SlaPolicy = { ...held, ...given, version: version + 1 };
    if (next.firstResponseMs === null && next.nextResponseMs === null && next.resolutionMs === null) {
      throw new AppError('invalid', 'firstResponseMs: must promise something', { field: 'firstResponseMs' });
    }
    await updatePolicy(trx, next);
    return next;
  });
}

export async function removePolicy(app: App, id: string): Promise<void> {
  const isGone = await app.storage.write((trx) => deletePolicy(trx, id));
  if (!isGone) throw new AppError('not-found', 'There is no such policy.');
}

/** Those that are not named come behind, in the order that they had. */
export async function orderPolicies(app: App, ids: readonly string[]): Promise<SlaPolicy[]> {
  return app.storage.write(async (trx) => {
    const held = await listPolicies(trx);
    const placeOf = new Map([...new Set(ids)].map((id, at) => [id, at]));
    const inOrder = held.toSorted((one, other) => (placeOf.get(one.id) ?? ids.length) - (placeOf.get(other.id) ?? ids.length));
    const next = inOrder.map((policy, at) => ({ ...policy, place: at + 1 }));
    for (const policy of next) await updatePolicy(trx, policy);
    return next;
  });
}

/** When each promise would run out for a customer who writes at this moment, and is not answered. */
export async function previewPolicy(app: App, { rules, inboxId, teamId, at = app.now() }: SlaPreviewRequest): Promise<SlaPreview> {
  const hours = await clockOf(app, { inboxId, teamId });
  const clock = timeOf(rules, hours);
  const targets = [
    ['first-response', rules.firstResponseMs],
    ['next-response', rules.nextResponseMs],
    ['resolution', rules.resolutionMs],
  ] as const;
  return {
    at,
    isOpen: hours.isOpenAt(at),
    opensAt: hours.opensAt(at),
    clocks: targets.flatMap(([target, ms]) => (ms === null ? [] : [{ target, ...momentsOf(clock, at, ms, rules.warnAfter) }])),
  };
}

function momentsOf(clock: HoursClock, at: number, ms: number, warnAfter: number) {
  return { warnAt: clock.afterOpenMs(at, Math.round(ms * warnAfter)), dueAt: clock.afterOpenMs(at, ms) };
}
