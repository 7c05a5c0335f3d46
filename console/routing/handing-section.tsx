import type { Handing } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';

const handings: readonly Handing[] = ['automatic', 'both', 'pick'];

/** For each inbox whether chats are handed out, or taken. */
export function HandingSection() {
  const { draft, set, inboxes } = useRoutingForm();
  const handingOf = (id: string) => draft.inboxes[id] ?? 'pick';
  const isOff = inboxes.every(({ id }) => handingOf(id) === 'pick');
  const switchOn = () => set('inboxes', { ...draft.inboxes, ...Object.fromEntries(inboxes.map(({ id }) => [id, 'both' as const])) });
  return (
    <Card title={t('routing.handing')} text={t('routing.handingHint')}>
      {isOff && (
        <div class={styles.notice}>
          <Icon name="circle-question-mark" />
          <div class={styles.noticeText}>
            <p class={styles.strong}>{t('routing.isOff')}</p>
            <p class={styles.soft}>{t('routing.isOffHint')}</p>
          </div>
          <Button look="primary" onClick={switchOn}>
            {t('routing.switchOn')}
          </Button>
        </div>
      )}
      <ul class={styles.rows}>
        {inboxes.map(({ id, name }) => (
          <li key={id} class={styles.row}>
            <div class={styles.rowHead}>
              <bdi class={styles.strong}>{name}</bdi>
              <Segmented
                label={t('routing.handingOf', { name })}
                value={handingOf(id)}
                options={handings.map((value) => ({ value, label: t(`routing.handing.${value}`) }))}
                onChoose={(handing) => set('inboxes', { ...draft.inboxes, [id]: handing })}
              />
            </div>
            <p class={styles.soft}>{t(`routing.handingSays.${handingOf(id)}`)}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
