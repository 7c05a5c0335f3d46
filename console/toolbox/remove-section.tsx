import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import styles from '../ui/rows.module.css';

interface RemoveSectionProps {
  name: string;
  /** What goes with it. */
  text: string;
  onRemove: () => Promise<void>;
}

/** Asks once, by name. */
export function RemoveSection({ name, text, onRemove }: RemoveSectionProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <div class={styles.actions}>
        <Button look="danger" onClick={() => setIsAsking(true)}>
          {t('toolbox.remove')}
        </Button>
      </div>
    );
  }
  return (
    <section class={styles.warning} aria-label={t('toolbox.remove')}>
      <p>{text}</p>
      <div class={styles.actions}>
        <Button onClick={() => setIsAsking(false)}>{t('action.cancel')}</Button>
        <Button look="danger" onClick={() => void onRemove()}>
          {t('toolbox.removeNow', { name })}
        </Button>
      </div>
    </section>
  );
}
