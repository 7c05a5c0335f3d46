import { useEffect, useId, useState } from 'preact/hooks';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { questionIn } from './answer-draft.ts';
import { answerPath } from './answer-path.ts';
import styles from './library.module.css';
import type { LibraryDraft } from './library-draft.ts';
import type { LibraryTheme } from './library-themes.ts';
import { MarkedBlanks } from './marked-blanks.tsx';

interface LibraryGroupProps {
  theme: LibraryTheme;
  items: readonly ReadyAnswer[];
  draft: LibraryDraft;
  isOpen: boolean;
}

/** The ready questions about one matter. */
export function LibraryGroup({ theme, items, draft, isOpen }: LibraryGroupProps) {
  const name = t(`answers.theme.${theme}`);
  const free = items.filter(({ answerIds }) => answerIds.length === 0).map(({ id }) => id);
  const chosen = free.filter((id) => draft.chosen.value.has(id)).length;
  const [isShown, setIsShown] = useState(isOpen || chosen > 0);
  useEffect(() => {
    if (isOpen) setIsShown(true);
  }, [isOpen]);
  const isWhole = free.length > 0 && chosen === free.length;
  return (
    <details class={styles.group} open={isShown} onToggle={(event) => setIsShown(event.currentTarget.open)}>
      <summary class={styles.summary}>
        <Icon name="chevron-down" size="small" />
        <h3>{name}</h3>
        <span class={styles.soft}>
          {chosen > 0 ? t('answers.chosenOf', { chosen, all: items.length }) : t('answers.readyQuestions', { count: items.length })}
        </span>
      </summary>
      {free.length > 1 && (
        <div class={styles.whole}>
          <Button size="small" look="quiet" onClick={() => draft.choose(free, !isWhole)}>
            {t(isWhole ? 'answers.chooseNoneOf' : 'answers.chooseAllOf', { theme: name })}
          </Button>
        </div>
      )}
      <ul class={styles.list}>
        {items.map((ready) => (
          <Ready key={ready.id} ready={ready} draft={draft} />
        ))}
      </ul>
    </details>
  );
}

function Ready({ ready, draft }: { ready: ReadyAnswer; draft: LibraryDraft }) {
  const id = useId();
  const [made] = ready.answerIds;
  const spoken = language.value;
  return (
    <li class={styles.ready}>
      <input
        id={id}
        class={styles.box}
        type="checkbox"
        disabled={made !== undefined}
        checked={made !== undefined || draft.chosen.value.has(ready.id)}
        aria-describedby={`${id}-answer`}
        onChange={(event) => draft.choose([ready.id], event.currentTarget.checked)}
      />
      <label for={id} class={styles.question} dir="auto">
        {questionIn(ready.question, spoken)}
      </label>
      {made !== undefined && (
        <a class={styles.made} href={answerPath(made)}>
          {t('answers.isThere')}
        </a>
      )}
      <p id={`${id}-answer`} class={styles.answer} dir="auto">
        <MarkedBlanks text={ready.answer[spoken] ?? Object.values(ready.answer)[0] ?? ''} />
      </p>
    </li>
  );
}
