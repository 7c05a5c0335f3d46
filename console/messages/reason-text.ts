/** What routing thought, in the agent's language: each thought by itself, and those that matter most in one line. */
import type { Reason } from '../../shared/routing.ts';
import { language, t } from '../texts/texts.ts';
import { formatLanguage, formatSpan } from '../ui/format.ts';

const BRIEF_MAX = 3;

/** `false` where it speaks against somebody, `true` where it speaks for somebody, null where it only says how it is. */
export function isFor(reason: Reason): boolean | null {
  switch (reason.code) {
    case 'language':
      return reason.isSpoken;
    case 'skill':
      return reason.isHeld;
    case 'last-agent':
    case 'owner':
      return reason.state === 'chosen' ? true : null;
    case 'no-answer':
    case 'agent-gone':
    case 'nobody':
      return false;
    case 'rule':
    case 'no-rule':
    case 'team':
    case 'priority':
    case 'load':
    case 'least-busy':
    case 'round-robin':
    case 'overflow':
    case 'picked':
      return null;
  }
}

export function reasonText(reason: Reason): string {
  switch (reason.code) {
    case 'priority':
      return t('reason.priority', { priority: t(`priority.${reason.priority}`) });
    case 'language':
      return t(reason.isSpoken ? 'reason.language' : 'reason.language.not', { language: formatLanguage(reason.language) });
    case 'skill':
      return t(reason.isHeld ? 'reason.skill' : 'reason.skill.not', { skill: reason.skill });
    case 'last-agent':
    case 'owner':
      return t(`reason.${reason.code}.${reason.state}`, { name: reason.name });
    case 'load':
      return t('reason.load', { name: reason.name, load: reason.load, capacity: reason.capacity });
    case 'least-busy':
    case 'round-robin':
      return t(`reason.${reason.code}`, { count: reason.among });
    case 'no-answer':
      return t('reason.no-answer', { name: reason.name, count: reason.seconds });
    case 'overflow':
      return t('reason.overflow', { name: reason.name, time: formatSpan(rounded(reason.waitedMs)) });
    case 'nobody':
      return t(`reason.nobody.${reason.state}`);
    case 'no-rule':
      return t('reason.no-rule');
    case 'rule':
    case 'team':
    case 'agent-gone':
    case 'picked':
      return t(`reason.${reason.code}`, { name: reason.name });
  }
}

/** What tells one agent from another comes before what is so for every chat. */
const weights: Record<Reason['code'], number> = {
  picked: 0,
  'no-answer': 1,
  'agent-gone': 1,
  overflow: 2,
  skill: 3,
  language: 4,
  'last-agent': 5,
  owner: 5,
  load: 6,
  nobody: 7,
  'least-busy': 8,
  'round-robin': 8,
  team: 9,
  rule: 9,
  priority: 10,
  'no-rule': 11,
};

/** "speaks Hebrew ✓, last agent Dana away, Noa 2 of 4": in the order in which it was thought. */
export function briefReasons(reasons: readonly Reason[]): string {
  const told = new Set([...reasons].sort((a, b) => weights[a.code] - weights[b.code]).slice(0, BRIEF_MAX));
  return listed(reasons.filter((reason) => told.has(reason)).map(reasonText));
}

function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'unit', style: 'short' }).format(parts);
}

/** As a person would say what was measured. */
function rounded(ms: number): number {
  return ms < 2 * 60_000 ? ms : Math.round(ms / 60_000) * 60_000;
}
