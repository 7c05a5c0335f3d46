import { lifecycleNames } from '../../shared/lifecycle.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-card.module.css';

const tones = { lead: 'accent', customer: 'green', lapsed: 'neutral' } as const;

/** Lead, customer or lapsed: as the rule has it, or as somebody has said. */
export function LifecycleMenu({ edits, mayEdit }: CardRowProps) {
  const { lifecycle, isLifecycleByHand } = edits.contact;
  const badge = (
    <Badge tone={tones[lifecycle]} title={isLifecycleByHand ? t('card.byHand') : undefined}>
      {t(`contact.lifecycle.${lifecycle}`)}
      {mayEdit && <Icon name="chevron-down" size="small" />}
    </Badge>
  );
  if (!mayEdit) return badge;
  const set = async (wished: (typeof lifecycleNames)[number] | null) => {
    const refusal = await edits.patch({ lifecycle: wished });
    if (typeof refusal === 'string') showToast({ text: refusal, tone: 'problem' });
  };
  return (
    <Menu
      label={t('card.lifecycle')}
      items={[
        ...lifecycleNames.map((name) => ({
          key: name,
          label: t(`contact.lifecycle.${name}`),
          isChecked: name === lifecycle,
          onSelect: () => void set(name),
        })),
        ...(isLifecycleByHand
          ? [{ key: 'rule', label: t('card.byRule'), hint: t('card.byRuleHint'), hasLineBefore: true, onSelect: () => void set(null) }]
          : []),
      ]}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          class={styles.badgeButton}
          aria-label={`${t('card.lifecycle')}: ${t(`contact.lifecycle.${lifecycle}`)}`}
        >
          {badge}
        </button>
      )}
    />
  );
}
