import { t } from '../texts/texts.ts';
import switches from '../ui/switch-field.module.css';
import styles from './answer-list.module.css';

interface RowSwitchProps {
  label: string;
  isOn: boolean;
  /** It cannot be switched on before its blanks are filled in. */
  isBlocked: boolean;
  onTurn: (isOn: boolean) => void;
}

/** On or off at the end of a row. */
export function RowSwitch({ label, isOn, isBlocked, onTurn }: RowSwitchProps) {
  return (
    <span class={styles.switch} title={isBlocked ? t('answers.error.blank') : undefined}>
      <input
        class={switches.switch}
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-checked={isOn}
        checked={isOn}
        disabled={isBlocked}
        onChange={(event) => onTurn(event.currentTarget.checked)}
      />
    </span>
  );
}
