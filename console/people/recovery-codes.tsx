import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import styles from '../ui/rows.module.css';

/** Shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <div class={styles.form}>
      <div class={styles.secret} role="status">
        <p>{t('twoFactor.recovery')}</p>
        <ul class={styles.codes} dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div>
          <CopyButton text={codes.join('\n')} label={t('action.copy')} copiedLabel={t('action.copied')} />
        </div>
      </div>
      <div>
        <Button look="primary" onClick={onKept}>
          {t('twoFactor.kept')}
        </Button>
      </div>
    </div>
  );
}
