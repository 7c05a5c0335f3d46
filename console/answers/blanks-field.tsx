import { useRef } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { TextAreaField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { type Blank, blanksIn } from './blanks.ts';
import styles from './blanks-field.module.css';

interface BlanksFieldProps {
  label: string;
  hint?: string | undefined;
  error: string | undefined;
  lang: string;
  dir: 'auto' | 'rtl' | 'ltr';
  rows: number;
  maxLength: number;
  placeholder?: string;
  /** Brackets are blanks; otherwise they are what was typed. */
  hasBlanks: boolean;
  value: string;
  onInput: (text: string) => void;
}

/** A text to write, and below it what it still asks for: a press leads there, and what is typed takes its place. */
export function BlanksField({ hasBlanks, ...field }: BlanksFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const blanks = hasBlanks ? blanksIn(field.value) : [];
  const goTo = ({ from, to }: Blank) => {
    const area = box.current?.querySelector('textarea');
    area?.focus();
    area?.setSelectionRange(from, to);
  };
  return (
    <div ref={box} class={styles.box}>
      <TextAreaField {...field} />
      {blanks.length > 0 && (
        <div class={styles.strip}>
          <span class={styles.sentence} role="status">
            <Icon name="pencil" size="small" />
            {t('answers.blanks', { count: blanks.length })}
          </span>
          {blanks.map((blank) => (
            <button
              key={blank.from}
              type="button"
              class={styles.blank}
              aria-label={t('answers.goToBlank', { name: blank.name })}
              onClick={() => goTo(blank)}
            >
              <bdi>{blank.name}</bdi>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
