import type { ComponentChildren } from 'preact';
import type { QuestionGroup } from '../../shared/question.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './question-row.module.css';
import { answeredAfter } from './wait-text.ts';

interface QuestionRowProps {
  group: QuestionGroup;
  /** The largest count in the list: the whole width of a bar. */
  most: number;
  isOpen: boolean;
  onToggle: () => void;
  /** Null where this person may not put groups together. */
  isChosen: boolean | null;
  onChoose: (isChosen: boolean) => void;
  children: ComponentChildren;
}

/** One question: how often, how it changes, who answers and how fast; opened, what is behind the numbers. */
export function QuestionRow({ group, most, isOpen, onToggle, isChosen, onChoose, children }: QuestionRowProps) {
  const { id, name, count, share, medianWaitMs, hasAnswer } = group;
  return (
    <li class={styles.item} data-group={id}>
      <div class={styles.row}>
        {isChosen !== null && (
          <label class={styles.choice}>
            <input type="checkbox" checked={isChosen} onChange={(event) => onChoose(event.currentTarget.checked)} />
            <span class="visually-hidden">{t('questions.choose', { name })}</span>
          </label>
        )}
        <button type="button" class={styles.face} aria-expanded={isOpen} aria-controls={`group-${id}`} onClick={onToggle}>
          <span class={styles.name}>
            <bdi>{name}</bdi>
            {hasAnswer && <Badge tone="green">{t('questions.hasAnswer')}</Badge>}
          </span>
          <span class={styles.measure} aria-hidden="true">
            <span class={styles.bar} style={{ inlineSize: `${Math.max(1, (100 * count) / most)}%` }} />
          </span>
          <span class={styles.facts}>
            <strong class={styles.count}>{t('questions.asked', { count })}</strong>
            <Trend group={group} />
            <span>{t('questions.share', { share: formatPercent(share) })}</span>
            <span>{answeredText(group)}</span>
            <span>{medianWaitMs === null ? t('questions.noWait') : t('questions.usually', { after: answeredAfter(medianWaitMs) })}</span>
          </span>
          <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} size="small" />
        </button>
      </div>
      {isOpen && (
        <div id={`group-${id}`} class={styles.opened}>
          {children}
        </div>
      )}
    </li>
  );
}

function Trend({ group: { count, before, trend } }: { group: QuestionGroup }) {
  if (trend === null) return <span class={styles.rising}>{t('questions.new')}</span>;
  const change = count - before;
  if (change === 0) return <span>{t('questions.same')}</span>;
  const by = formatPercent(Math.abs(trend));
  return (
    <span class={change > 0 ? styles.rising : styles.falling}>
      <Icon name={change > 0 ? 'chevrons-up' : 'arrow-down'} size="small" />
      {t(change > 0 ? 'questions.more' : 'questions.less', { by })}
    </span>
  );
}

/** "Dana answered 12, the bot 3, nobody 2" */
function answeredText({ answeredByAgents, answeredByOthers, answeredByBot, unanswered }: QuestionGroup): string {
  const parts = answeredByAgents.map(({ name, count }) =>
    t('questions.byAgent', { name: name || t('questions.someone'), count: formatNumber(count) }),
  );
  if (answeredByOthers > 0) parts.push(t('questions.byOthers', { count: formatNumber(answeredByOthers) }));
  if (answeredByBot > 0) parts.push(t('questions.byBot', { count: formatNumber(answeredByBot) }));
  if (unanswered > 0) parts.push(t('questions.byNobody', { count: formatNumber(unanswered) }));
  return parts.join(' · ');
}
