import type { Consent } from '../../shared/consent.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatMoment } from '../ui/format.ts';
import rows from '../ui/rows.module.css';
import styles from './consent-record.module.css';

/** One record: what, whether, when, how, by whom it was written down, and to which words. */
export function ConsentRecord({ record }: { record: Consent }) {
  const { kind, isGiven, how, agent, at, text } = record;
  return (
    <li class={rows.row}>
      <span class={rows.main}>
        <span class={styles.line}>
          <span class={rows.strong}>{t(`consent.kind.${kind}`)}</span>
          <Badge tone={isGiven ? 'green' : 'neutral'}>{t(isGiven ? 'consent.given' : 'consent.withdrawn')}</Badge>
        </span>
        <span class={styles.soft}>
          {formatMoment(at)} · {t(`consent.how.${how}`)}
          {agent && ` · ${t('consent.by', { name: agent.name })}`}
        </span>
        {text && (
          <q class={styles.text} dir="auto">
            {text}
          </q>
        )}
      </span>
    </li>
  );
}
