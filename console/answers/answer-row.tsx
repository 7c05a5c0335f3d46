import type { Answer } from '../../shared/automatic-answer.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import type { TagShelf } from '../canned/tag-shelf.ts';
import { language, t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { questionIn } from './answer-draft.ts';
import styles from './answer-list.module.css';
import { answerPath } from './answer-path.ts';
import { languageList, languagesOf, type NamedInbox, phrasingFact, stateOf, stateSentence } from './answer-words.ts';
import { RowSwitch } from './row-switch.tsx';

interface AnswerRowProps {
  answer: Answer;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  hasUnsaved: boolean;
  onTurn: (isOn: boolean) => void;
}

/** What is asked, what is done about it in a sentence, and whether it speaks. */
export function AnswerRow({ answer, inboxes, tags, hasUnsaved, onTurn }: AnswerRowProps) {
  const now = screenClock.value;
  const state = stateOf(answer, inboxes, now);
  const name = questionIn(answer.question, language.value);
  const facts = [languageList(languagesOf(answer)), phrasingFact(answer)];
  return (
    <li class={styles.row}>
      <a class={styles.choice} href={answerPath(answer.id)}>
        <span class={styles.line}>
          <OneLine class={styles.name} text={name} />
          {answer.files.length > 0 && (
            <span title={t('files.attached')}>
              <Icon name="paperclip" size="small" />
            </span>
          )}
          {hasUnsaved && <Badge tone="amber">{t('inbox.unsaved')}</Badge>}
        </span>
        <span class={styles.sentence}>
          <span data-state={state}>{stateSentence(answer, inboxes, now)}</span>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
        {answer.tags.length > 0 && (
          <span class={styles.line}>
            {answer.tags.map((tag) => (
              <TagChip key={tag} name={tag} colour={tags.colourOf(tag)} />
            ))}
          </span>
        )}
      </a>
      <RowSwitch label={t('answers.isOnOf', { name })} isOn={answer.isOn} isBlocked={state === 'blank'} onTurn={onTurn} />
    </li>
  );
}
