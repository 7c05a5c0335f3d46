import type { Likeness } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './likeness-line.module.css';
import { ReasonList } from './reason-list.tsx';

interface LikenessLineProps {
  likeness: Likeness;
  /** Whose file it stands in. */
  contactId: string;
  mayDecide: boolean;
  isBusy: boolean;
  onConfirm: () => void;
  onCompare: () => void;
  onRefuse: () => void;
}

/** One calm line: who this may be, why, and two buttons. A claim is confirmed with one click, a duplicate compared first. */
export function LikenessLine({ likeness, contactId, mayDecide, isBusy, onConfirm, onCompare, onRefuse }: LikenessLineProps) {
  const { kind, contact, other, reasons } = likeness;
  const partner = contact.id === contactId ? other : contact;
  const name = contactName(partner);
  const sentence =
    kind === 'duplicate' ? t('duplicate.maybe', { name }) : t(contact.id === contactId ? 'claim.ofOther' : 'claim.ofThis', { name });
  // The name comes isolated from the words around it.
  const [before = '', after = ''] = sentence.split(`\u2068${name}\u2069`);
  return (
    <section class={styles.line} aria-label={sentence}>
      <p class={styles.sentence}>
        <Icon name="users" size="small" />
        <span>
          {before}
          <a href={`/console/contacts/${partner.id}`}>
            <bdi>{name}</bdi>
          </a>
          {after}
        </span>
      </p>
      <ReasonList reasons={reasons} />
      {mayDecide && (
        <div class={styles.actions}>
          {kind === 'claim' ? (
            <Button size="small" icon="check" isBusy={isBusy} onClick={onConfirm}>
              {t('claim.confirm')}
            </Button>
          ) : (
            <Button size="small" onClick={onCompare}>
              {t('duplicate.compare')}
            </Button>
          )}
          <Button size="small" look="quiet" isBusy={isBusy} onClick={onRefuse}>
            {t(kind === 'claim' ? 'claim.refuse' : 'duplicate.refuse')}
          </Button>
        </div>
      )}
    </section>
  );
}
