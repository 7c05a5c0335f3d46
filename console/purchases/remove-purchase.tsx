import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Purchase } from '../../shared/purchase.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import styles from '../ui/rows.module.css';
import { purchaseName } from './purchase-words.ts';

/** Money is not taken away with one press. */
export function RemovePurchase({ http, purchase, onRemoved }: { http: Http; purchase: Purchase; onRemoved: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const remove = async () => {
    const reply = await http.delete(`/purchases/${purchase.id}`);
    const isGone = reply.ok || reply.error.code === 'not-found';
    setError(reply.ok || isGone ? null : reply.error);
    if (isGone) onRemoved();
  };
  if (!isAsking) {
    return (
      <div class={styles.actions}>
        <Button look="danger" size="small" icon="trash-2" onClick={() => setAsking(true)}>
          {t('purchases.remove')}
        </Button>
      </div>
    );
  }
  return (
    <section class={styles.warning} aria-label={t('purchases.remove')}>
      <p>{t('purchases.removeText', { name: purchaseName(purchase) })}</p>
      <div class={styles.actions}>
        <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        <Button look="danger" onClick={remove}>
          {t('purchases.removeNow')}
        </Button>
      </div>
      {error && (
        <p class={styles.error} role="alert">
          {errorText(error)}
        </p>
      )}
    </section>
  );
}
