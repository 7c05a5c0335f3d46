import { directionOf, type Language, languageNames } from '../../shared/language.ts';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import { t } from '../texts/texts.ts';
import { blanksIn, piecesBetween } from './blanks.ts';
import styles from './library.module.css';
import type { LibraryDraft } from './library-draft.ts';

interface FillInTextProps {
  ready: ReadyAnswer;
  language: Language;
  draft: LibraryDraft;
}

/** A ready answer with a field wherever something is left open. */
export function FillInText({ ready, language, draft }: FillInTextProps) {
  const text = ready.answer[language] ?? '';
  const blanks = blanksIn(text);
  const hasSeveral = draft.languages.value.length > 1;
  return (
    <fieldset class={styles.text} lang={language} dir={directionOf(language)} aria-label={languageNames[language]}>
      {hasSeveral && <span class={styles.tongue}>{languageNames[language]}</span>}
      {piecesBetween(text, blanks).map((piece, place) => {
        const blank = blanks[place];
        if (!blank) return <span key={place}>{piece}</span>;
        const value = draft.valueAt(ready.id, language, { place, name: blank.name });
        return (
          <span key={place}>
            {piece}
            <input
              class={styles.blank}
              aria-label={t('answers.blankOf', { name: blank.name })}
              data-open={value.trim() === '' || undefined}
              dir={value ? 'auto' : undefined}
              size={Math.max(4, Math.min(40, (value || blank.name).length))}
              maxLength={300}
              autoComplete="off"
              placeholder={blank.name}
              value={value}
              onInput={(event) => draft.setValue(ready.id, language, { place, value: event.currentTarget.value })}
            />
          </span>
        );
      })}
    </fieldset>
  );
}
