import type { IssuedLink } from '../../shared/account-link.ts';
import { t } from '../texts/texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatMoment } from '../ui/format.ts';
import styles from '../ui/rows.module.css';

/** A link that lets somebody in, shown this once. */
export function LinkBox({ link }: { link: IssuedLink }) {
  return (
    <div class={styles.secret} role="status">
      <p>{link.isMailed ? t('link.mailed') : t('link.copy')}</p>
      <p class={styles.secretLine}>
        <code dir="ltr">{link.url}</code>
        <CopyButton text={link.url} label={t('action.copy')} copiedLabel={t('action.copied')} />
      </p>
      <p>{t('link.expires', { moment: formatMoment(link.expiresAt) })}</p>
    </div>
  );
}
