import { language, t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { questionIn } from './answer-draft.ts';
import styles from './answer-list.module.css';
import { answerPath } from './answer-path.ts';
import type { AnswerEdits } from './answer-shelf.ts';

/** Begun in this tab and not saved yet. */
export function BegunAnswers({ begun }: { begun: readonly AnswerEdits[] }) {
  if (begun.length === 0) return null;
  return (
    <ul class={styles.rows} aria-label={t('answers.begun')}>
      {begun.map(({ id, draft }) => (
        <li key={id} class={styles.row}>
          <a class={styles.choice} href={answerPath(id)}>
            <span class={styles.line}>
              <OneLine class={styles.name} text={questionIn(draft.value.question, language.value) || t('answers.unnamed')} />
              <Badge tone="amber">{t('inbox.unsaved')}</Badge>
            </span>
            <span class={styles.sentence}>{t('answers.notYetSaved')}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
