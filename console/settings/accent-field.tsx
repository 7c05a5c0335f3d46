import { useId } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import styles from './accent-field.module.css';

/** The widget's colour, picked or typed. */
export function AccentField({ value, onChoose }: { value: string; onChoose: (accent: string) => void }) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {t('inbox.accent')}
      </label>
      <div class={styles.box}>
        <input
          class={styles.swatch}
          type="color"
          value={value}
          aria-label={t('inbox.accentPick')}
          onInput={(event) => onChoose(event.currentTarget.value)}
        />
        <input
          id={id}
          class={styles.text}
          dir="ltr"
          required
          pattern="#[0-9a-fA-F]{6}"
          maxLength={7}
          spellcheck={false}
          value={value}
          onInput={(event) => onChoose(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
