import { language, t } from '../texts/texts.ts';
import { BackLink } from '../ui/back-link.tsx';
import { Button } from '../ui/button.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { questionIn } from './answer-draft.ts';
import styles from './answer-editor.module.css';
import { answerPath } from './answer-path.ts';
import type { AnswerEdits } from './answer-shelf.ts';
import { type NamedInbox, stateSentence } from './answer-words.ts';

interface AnswerHeaderProps {
  edits: AnswerEdits;
  inboxes: readonly NamedInbox[];
  onCopy: () => void;
  /** Absent before the first save. */
  onDelete: (() => void) | undefined;
}

/** Whose editor this is, the way back to all, and what can be done with the whole. */
export function AnswerHeader({ edits, inboxes, onCopy, onDelete }: AnswerHeaderProps) {
  const saved = edits.saved.value;
  return (
    <header class={styles.header}>
      <div class={styles.heading}>
        <BackLink href={answerPath()}>{t('answers.all')}</BackLink>
        <h2 class={styles.title}>
          <bdi>{questionIn(edits.draft.value.question, language.value) || t('answers.unnamed')}</bdi>
        </h2>
        <p class={styles.state}>{saved ? stateSentence(saved, inboxes, screenClock.value) : t('answers.notYetSaved')}</p>
      </div>
      <div class={styles.tools}>
        <Button icon="copy" onClick={onCopy}>
          {t('answers.copy')}
        </Button>
        {onDelete && (
          <Button icon="trash-2" onClick={onDelete}>
            {t('answers.delete')}
          </Button>
        )}
      </div>
    </header>
  );
}
