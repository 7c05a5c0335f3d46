import type { AutomaticMark } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './automatic-line.module.css';

/** Under an automatic answer: that nobody wrote it, and whether its reader says that it helped. */
export function AutomaticLine({ automatic: { kind, helpful } }: { automatic: AutomaticMark }) {
  if (kind !== 'answer') return null;
  return (
    <p class={styles.line}>
      <span>{t('automatic.mark')}</span>
      {helpful !== undefined && (
        <span class={helpful ? styles.helped : styles.missed}>
          <Icon name={helpful ? 'check' : 'x'} size="small" />
          {t(helpful ? 'automatic.helped' : 'automatic.missed')}
        </span>
      )}
    </p>
  );
}
