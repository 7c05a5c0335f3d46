import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { dist, seed } from './asked.ts';
import type { ViolationKind } from './ledger.ts';
import { breakServer, type Fault, repliesBeforeCommit, resumesWithNothing, storesRetriesTwice, syncsNowAndThen } from './sabotage.ts';
import { rage, type StormOptions } from './storm.ts';

const canCutPower = process.platform === 'linux';

test('the chaos notices when a retry is stored a second time', async () => {
  expect(await violationsWith(storesRetriesTwice, { kills: 1, retries: 3, troubles: ['deaf', 'cut'], haste: 3 })).toContain('doubled');
});

test('the chaos notices when nobody is told what was missed', async () => {
  expect(await violationsWith(resumesWithNothing, { kills: 2, troubles: ['cut', 'refuse'], calmWithinMs: 2_000 })).toContain('unequal');
});

test.runIf(canCutPower)('the chaos notices when the reply goes out before the commit', async () => {
  const wishes: Wishes = { kills: 3, powerCuts: 1, moments: ['acknowledged'], calmWithinMs: 1_000 };
  expect(await violationsWith(repliesBeforeCommit, wishes)).toContain('phantom');
});

test.runIf(canCutPower)('the chaos notices when a commit is not synced', async () => {
  expect(await violationsWith(syncsNowAndThen, { kills: 2, powerCuts: 1, calmWithinMs: 1_000 })).toContain('phantom');
});

type Wishes = Omit<StormOptions, 'seed' | 'dist'>;

/** The kinds of violations that a short storm finds where the server has this fault. */
async function violationsWith(fault: Fault, wishes: Wishes): Promise<Set<ViolationKind>> {
  const sabotagedDist = await breakServer(dist, fault);
  onTestFinished(() => rm(sabotagedDist, { recursive: true }));
  const { violations } = await rage({ seed, dist, sabotagedDist, visitors: 5, agents: 2, haste: 2, ...wishes });
  return new Set(violations.map(({ kind }) => kind));
}
