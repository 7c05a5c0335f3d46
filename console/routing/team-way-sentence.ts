/** How a team shares its chats, as one would say it. */
import type { TeamRouting } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { formatSpan } from '../ui/format.ts';
import type { Named } from './routing-form.ts';
import { nameIn } from './rule-sentence.ts';

export function teamWaySentence(way: TeamRouting, teams: readonly Named[]): string {
  const { method, lastAgentHours, lastAgentWaitSeconds, isLanguageRequired, agentMax, answerSeconds, overflow } = way;
  const first = [
    t(`routing.way.${method}`),
    t(isLanguageRequired ? 'routing.way.language' : 'routing.way.languageFirst'),
    agentMax !== null && t('routing.way.agentMax', { count: agentMax }),
  ];
  const wait = lastAgentWaitSeconds > 0 ? t('routing.way.lastAgentWait', { time: spanOf(lastAgentWaitSeconds) }) : '';
  const sentences = [
    first.filter((part) => part !== false).join(', '),
    lastAgentHours !== null && `${t('routing.way.lastAgent', { time: spanOf(lastAgentHours * 3_600) })}${wait}`,
    answerSeconds === null ? t('routing.way.noAnswer') : t('routing.way.answer', { time: spanOf(answerSeconds) }),
    overflow !== null &&
      t('routing.way.overflow', { time: spanOf(overflow.afterSeconds), name: nameIn(teams, overflow.teamId) ?? t('routing.goneTeam') }),
    way.callbackAfterSeconds !== null && t('routing.way.callbackAfter', { time: spanOf(way.callbackAfterSeconds) }),
    way.callbackBehind !== null && t('routing.way.callbackBehind', { count: way.callbackBehind }),
  ];
  return sentences
    .filter((sentence) => sentence !== false)
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

const spanOf = (seconds: number) => formatSpan(seconds * 1_000);
