import { useEffect } from 'preact/hooks';
import type { NoticeKind, Notifications } from '../../shared/profile.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import listStyles from '../ui/check-list.module.css';
import { askDesktopPermission, desktopPermission, refreshDesktopPermission } from '../ui/desktop-permission.ts';
import { Icon } from '../ui/icon.tsx';
import { play } from '../ui/tones.ts';
import { melodies } from './melodies.ts';
import styles from './notification-fields.module.css';

const kinds: readonly NoticeKind[] = ['mine', 'waiting', 'assigned', 'mentioned', 'called', 'late'];
const ways = ['sound', 'desktop', 'badge'] as const;

/** Of what an agent wants to hear, see beside the window, and see counted in the tab. */
export function NotificationFields({ value, onChange }: { value: Notifications; onChange: (value: Notifications) => void }) {
  return (
    <div class={styles.kinds}>
      <DesktopPermissionLine />
      {kinds.map((kind) => (
        <fieldset key={kind} class={listStyles.list}>
          <legend class={listStyles.legend}>{t(`notice.${kind}`)}</legend>
          <div class={styles.ways}>
            {ways.map((way) => (
              <CheckField
                key={way}
                label={t(`notice.${way}`)}
                isChecked={value[kind][way]}
                onChange={(isOn) => {
                  if (way === 'sound' && isOn) play(melodies[kind]);
                  onChange({ ...value, [kind]: { ...value[kind], [way]: isOn } });
                }}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <CheckField
        label={t('notice.quietWhileAway')}
        hint={t('notice.quietWhileAwayHint')}
        isChecked={value.isQuietWhileAway}
        onChange={(isQuietWhileAway) => onChange({ ...value, isQuietWhileAway })}
      />
    </div>
  );
}

/** Whether this browser shows notices at all, and the one click that lets it. */
function DesktopPermissionLine() {
  useEffect(() => refreshDesktopPermission(), []);
  const permission = desktopPermission.value;
  return (
    <div class={styles.permission} role="status">
      <Icon name={permission === 'granted' ? 'circle-check' : 'bell'} size="small" />
      <span class={styles.sentence}>{t(`notice.permission.${permission}`)}</span>
      {permission === 'default' && (
        <Button size="small" onClick={() => void askDesktopPermission()}>
          {t('notice.allow')}
        </Button>
      )}
    </div>
  );
}
