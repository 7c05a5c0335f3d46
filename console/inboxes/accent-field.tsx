import { useId } from 'preact/hooks';
import { accentOn, contrast, foregroundOn } from '../../shared/accent.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './accent-field.module.css';

interface AccentFieldProps {
  value: string;
  error: string | undefined;
  onChoose: (accent: string) => void;
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** The widget's colour, picked or typed, and how well what stands on it can be read. */
export function AccentField({ value, error, onChoose }: AccentFieldProps) {
  const id = useId();
  const problem = error ?? (isColour(value) ? undefined : t('inbox.error.accent'));
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {t('inbox.accent')}
      </label>
      <div class={styles.box}>
        <input
          class={styles.swatch}
          type="color"
          value={isColour(value) ? value : '#000000'}
          aria-label={t('inbox.accentPick')}
          onInput={(event) => onChoose(event.currentTarget.value)}
        />
        <input
          id={id}
          class={styles.text}
          dir="ltr"
          maxLength={7}
          spellcheck={false}
          value={value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-contrast`}
          onInput={(event) => onChoose(event.currentTarget.value.trim())}
        />
      </div>
      <div id={`${id}-contrast`}>
        {problem ? (
          <p class={styles.error}>
            <Icon name="circle-alert" size="small" />
            {problem}
          </p>
        ) : (
          <Contrast accent={value} />
        )}
      </div>
    </div>
  );
}

/** The surface of the widget on which the accent is read as text. */
const PAPER = '#ffffff';

function Contrast({ accent }: { accent: string }) {
  const ratio = (one: string, other: string) => formatNumber(Math.floor(contrast(one, other) * 10) / 10);
  const isMoved = accentOn(accent, PAPER).toLowerCase() !== accent.toLowerCase();
  return (
    <p class={styles.contrast}>
      <Icon name="circle-check" size="small" />
      <span>
        {t(foregroundOn(accent) === '#ffffff' ? 'inbox.contrastWhite' : 'inbox.contrastBlack', {
          ratio: ratio(accent, foregroundOn(accent)),
        })}
        {isMoved && ` ${t('inbox.contrastMoved')}`}
      </span>
    </p>
  );
}
