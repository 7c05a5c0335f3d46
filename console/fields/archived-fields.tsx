import type { CustomField } from '../../shared/custom-fields.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import rows from '../ui/rows.module.css';
import styles from './fields.module.css';

/** Those put away, with the way back. */
export function ArchivedFields({ fields, onRestore }: { fields: readonly CustomField[]; onRestore: (field: CustomField) => void }) {
  if (fields.length === 0) return null;
  return (
    <section class={styles.group} aria-label={t('fields.archived')}>
      <h3 class={styles.label}>{t('fields.archived')}</h3>
      <p class={styles.hint}>{t('fields.archivedHint')}</p>
      <ul class={rows.rows}>
        {fields.map((field) => (
          <li key={field.id} class={rows.row}>
            <span class={rows.main}>
              <bdi class={rows.name}>{field.name}</bdi>
              <span class={rows.soft}>{t(`fields.kind.${field.kind}`)}</span>
            </span>
            <Button size="small" icon="rotate-ccw" aria-label={`${t('fields.restore')}: ${field.name}`} onClick={() => onRestore(field)}>
              {t('fields.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
