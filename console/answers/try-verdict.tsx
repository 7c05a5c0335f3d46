import type { Answer, AnswerReason, AnswerSuggestion, AnswerTrial } from '../../shared/automatic-answer.ts';
import { language, t } from '../texts/texts.ts';
import { formatLanguage, formatPercent } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { questionIn } from './answer-draft.ts';
import { answerPath } from './answer-path.ts';
import styles from './try-panel.module.css';

interface TryVerdictProps {
  trial: AnswerTrial;
  answers: ReadonlyMap<string, Answer>;
  ownId: string | undefined;
}

const icons: Record<AnswerTrial['decision'], IconName> = { answer: 'circle-check', suggest: 'circle-question-mark', none: 'hand' };

/** What would be done, how sure one is of it, and why. */
export function TryVerdict({ trial, answers, ownId }: TryVerdictProps) {
  const { decision, suggestions, nearest = [], isUnready, tookMs } = trial;
  if (isUnready) return <p class={styles.soft}>{t('answers.tryUnready')}</p>;
  const best = suggestions[0] ?? nearest[0];
  const shown = decision === 'none' ? nearest : suggestions;
  const facts = [
    t('answers.tryLanguage', { language: formatLanguage(trial.language) }),
    t('answers.tryTook', { ms: Math.max(1, Math.round(tookMs)) }),
  ];
  return (
    <div class={styles.verdict}>
      <p class={styles.decision} data-decision={decision}>
        <Icon name={icons[decision]} />
        {decision === 'suggest' ? t('answers.decision.suggest', { count: suggestions.length }) : t(`answers.decision.${decision}`)}
      </p>
      {decision === 'none' && <p class={styles.soft}>{best ? t('answers.decision.nearest') : t('answers.decision.nothing')}</p>}
      {shown.length > 0 && (
        <ol class={styles.found}>
          {shown.map((suggestion, place) => (
            <Found
              key={suggestion.answerId}
              suggestion={suggestion}
              level={levelOf(decision, place)}
              answer={answers.get(suggestion.answerId)}
              isOwn={suggestion.answerId === ownId}
            />
          ))}
        </ol>
      )}
      <p class={styles.facts}>{facts.join(' · ')}</p>
    </div>
  );
}

interface FoundProps {
  suggestion: AnswerSuggestion;
  level: 'sure' | 'likely' | 'unlikely';
  answer: Answer | undefined;
  isOwn: boolean;
}

function Found({ suggestion, level, answer, isOwn }: FoundProps) {
  const { answerId, confidence, reason } = suggestion;
  const name = answer ? questionIn(answer.question, language.value) : t('answers.unread');
  return (
    <li class={styles.one}>
      {isOwn ? (
        <strong dir="auto">{name}</strong>
      ) : (
        <a href={answerPath(answerId)} dir="auto">
          {name}
        </a>
      )}
      <span class={styles.confidence}>
        <span class={styles.bar} aria-hidden="true">
          <span data-level={level} style={{ inlineSize: `${Math.round(confidence * 100)}%` }} />
        </span>
        {t(`answers.confidence.${level}`, { percent: formatPercent(confidence) })}
      </span>
      <span class={styles.soft}>{reasonSentence(reason)}</span>
    </li>
  );
}

/** In the words of the decision: what is offered beside an answer is likely, too. */
function levelOf(decision: AnswerTrial['decision'], place: number): 'sure' | 'likely' | 'unlikely' {
  if (decision === 'none') return 'unlikely';
  return decision === 'answer' && place === 0 ? 'sure' : 'likely';
}

/** "Shares ‘returns’ and ‘refund’ with phrasing 3: “can I get a refund”" */
function reasonSentence({ shared, phrase, phraseNumber }: AnswerReason): string {
  const place =
    phraseNumber === null
      ? t('answers.reason.library', { phrase })
      : phraseNumber === 0
        ? t('answers.reason.title', { phrase })
        : t('answers.reason.phrasing', { number: phraseNumber, phrase });
  if (shared.length === 0) return t('answers.reason.alike', { place });
  const words = new Intl.ListFormat(language.value, { type: 'conjunction' }).format(shared.map((word) => `\u2068“${word}”\u2069`));
  return t('answers.reason.shares', { words, place });
}
