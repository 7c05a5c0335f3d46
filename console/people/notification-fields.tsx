import type { NoticeKind, Notifications } from '../../shared/profile.ts';
import { t } from '../texts/texts.ts';
import { CheckField } from '../ui/check-field.tsx';
import listStyles from '../ui/check-list.module.css';
import styles from './notification-fields.module.css';

const kinds: readonly NoticeKind[] = ['mine', 'waiting', 'assigned'];

export function NotificationFields({ value, onChange }: { value: Notifications; onChange: (value: Notifications) => void }) {
  return (
    <div class={styles.kinds}>
      {kinds.map((kind) => (
        <fieldset key={kind} class={listStyles.list}>
          <legend class={listStyles.legend}>{t(`notice.${kind}`)}</legend>
          <div class={styles.ways}>
            {(['sound', 'desktop'] as const).map((way) => (
              <CheckField
                key={way}
                label={t(`notice.${way}`)}
                isChecked={value[kind][way]}
                onChange={(isOn) => onChange({ ...value, [kind]: { ...value[kind], [way]: isOn } })}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
