import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import type { CardRowProps } from './card-row.ts';
import { ConsentDialog } from './consent-dialog.tsx';
import styles from './contact-card.module.css';
import { DetailRow } from './detail-row.tsx';

/** To what the person has agreed in the chat's own form; everything else is a click away. */
export function ConsentRow({ edits, mayEdit }: CardRowProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { consent } = edits.contact;
  return (
    <DetailRow icon="shield-check" label={t('contact.consent')}>
      {consent && <RelativeTime at={consent.at} />}
      {consent?.text && <bdi class={styles.value}>{consent.text}</bdi>}
      <div>
        <Button look="quiet" size="small" class={styles.flush} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          {t('consent.open')}
        </Button>
      </div>
      {isOpen && <ConsentDialog edits={edits} mayEdit={mayEdit} onClose={() => setIsOpen(false)} />}
    </DetailRow>
  );
}
