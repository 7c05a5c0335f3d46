import type { LikenessReason } from '../../shared/merging.ts';
import { t } from '../texts/texts.ts';
import styles from './reason-list.module.css';

const withValue = ['phone', 'email', 'external', 'company', 'domain', 'mailbox'] as const;

/** Why two files may be one person. */
export function ReasonList({ reasons }: { reasons: readonly LikenessReason[] }) {
  return (
    <ul class={styles.reasons} aria-label={t('duplicate.why')}>
      {reasons.filter(isWorthSaying).map((reason) => (
        <li key={`${reason.sign}${reason.value}`} class={styles.reason}>
          {reasonText(reason)}
        </li>
      ))}
    </ul>
  );
}

/** Who has the same address has the same domain. */
function isWorthSaying({ sign }: LikenessReason, _at: number, all: readonly LikenessReason[]): boolean {
  return sign !== 'domain' || !all.some((other) => other.sign === 'email');
}

function reasonText({ sign, value }: LikenessReason): string {
  const valued = withValue.find((one) => one === sign);
  if (valued) return t(`duplicate.reason.${valued}`, { value: leftToRight(valued, value) });
  return t(sign === 'name' ? 'duplicate.reason.name' : 'duplicate.reason.near-name');
}

/** A phone reads from left to right in any language. */
function leftToRight(sign: (typeof withValue)[number], value: string): string {
  return sign === 'company' ? value : `\u2066${value}\u2069`;
}
