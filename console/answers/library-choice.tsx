import { useState } from 'preact/hooks';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { plainLine, questionIn } from './answer-draft.ts';
import styles from './library.module.css';
import type { LibraryDraft } from './library-draft.ts';
import { LibraryGroup } from './library-group.tsx';
import { firstQuestions, type LibraryTheme, libraryThemes, themeOf } from './library-themes.ts';

interface LibraryChoiceProps {
  all: readonly ReadyAnswer[];
  draft: LibraryDraft;
  onGo: () => void;
}

const themes: readonly LibraryTheme[] = [...(Object.keys(libraryThemes) as LibraryTheme[]), 'other'];

/** Ready questions by what they are about. */
export function LibraryChoice({ all, draft, onGo }: LibraryChoiceProps) {
  const [words, setWords] = useState('');
  const sought = plainLine(words).split(' ').filter(Boolean);
  const found = all.filter((ready) => isFound(ready, sought));
  const groups = themes
    .map((theme) => ({ theme, items: found.filter(({ id }) => themeOf(id) === theme) }))
    .filter(({ items }) => items.length > 0);
  const begun = all.filter(({ id, answerIds }) => firstQuestions.includes(id) && answerIds.length === 0);
  const count = draft.count.value;
  return (
    <>
      <div class={styles.seek}>
        <TextField
          type="search"
          label={t('answers.librarySearch')}
          isLabelHidden
          placeholder={t('answers.librarySearch')}
          autoComplete="off"
          value={words}
          onInput={setWords}
        />
        {begun.length > 0 && (
          <Button
            icon="list-checks"
            onClick={() =>
              draft.choose(
                begun.map(({ id }) => id),
                true,
              )
            }
          >
            {t('answers.chooseUsual', { count: begun.length })}
          </Button>
        )}
      </div>
      {groups.length === 0 && <p class={styles.soft}>{t('answers.libraryNothing')}</p>}
      {groups.map(({ theme, items }) => (
        <LibraryGroup key={theme} theme={theme} items={items} draft={draft} isOpen={sought.length > 0 || theme === 'place'} />
      ))}
      {count > 0 && (
        <section class={styles.bar} aria-label={t('answers.chosen', { count })}>
          <p role="status">{t('answers.chosen', { count })}</p>
          <Button look="quiet" onClick={() => draft.forget()}>
            {t('answers.chooseNone')}
          </Button>
          <Button look="primary" onClick={onGo}>
            {t('answers.fillIn')}
          </Button>
        </section>
      )}
    </>
  );
}

/** In any language: the question, the answer, and how people ask. */
function isFound({ question, answer, examples }: ReadyAnswer, sought: readonly string[]): boolean {
  if (sought.length === 0) return true;
  const said = plainLine(
    [questionIn(question, language.value), ...[question, answer].flatMap(Object.values), ...Object.values(examples).flat()].join(' '),
  );
  return sought.every((word) => said.includes(word));
}
