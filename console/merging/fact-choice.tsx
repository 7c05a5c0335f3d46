import { useId } from 'preact/hooks';
import type { ComparedFact, MergeChoice } from '../../shared/merging.ts';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';
import styles from './fact-choice.module.css';
import { factLabel, factText } from './fact-words.ts';

interface FactChoiceProps {
  fact: ComparedFact;
  /** Of the people in both files: what a screen reader says beside each value. */
  names: [string, string];
  choice: MergeChoice;
  onChoose: (choice: MergeChoice) => void;
}

const writable = ['name', 'company'];

/** One field: the word of this file, of the other, or for a name another one altogether. */
export function FactChoice({ fact, names, choice, onChoose }: FactChoiceProps) {
  const group = useId();
  const label = factLabel(fact);
  const isTyped = typeof choice === 'object';
  const mayWrite = writable.includes(fact.key);
  return (
    <fieldset class={styles.fact} disabled={!fact.mayChoose}>
      <legend class={styles.label}>
        <bdi>{label}</bdi>
      </legend>
      <div class={styles.sides}>
        {(['this', 'other'] as const).map((side, at) => (
          <label key={side} class={styles.side}>
            <input type="radio" name={group} checked={choice === side} onChange={() => onChoose(side)} />
            <span class={fact[side] === null ? styles.none : styles.value} dir="auto">
              {factText(fact, fact[side])}
            </span>
            <span class={styles.whose}>{names[at]}</span>
          </label>
        ))}
      </div>
      {mayWrite && fact.mayChoose && (
        <label class={styles.typed}>
          <input type="radio" name={group} checked={isTyped} onChange={() => onChoose({ value: String(fact.this ?? fact.other ?? '') })} />
          {t('merge.otherValue')}
        </label>
      )}
      {isTyped && (
        <TextField
          label={t('merge.typed')}
          isLabelHidden
          maxLength={120}
          value={choice.value}
          error={choice.value.trim() === '' ? t('merge.typed') : undefined}
          onInput={(value) => onChoose({ value })}
        />
      )}
      {!fact.mayChoose && fact.key !== 'block' && (
        <p class={styles.hint}>{t(fact.key === 'lifecycle' ? 'merge.ruled' : 'merge.mayNotChoose')}</p>
      )}
    </fieldset>
  );
}
