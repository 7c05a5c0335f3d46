import type { ComponentChildren } from 'preact';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { useRemote } from '../ui/use-remote.ts';
import styles from './hours-list.module.css';
import { hoursPath } from './hours-path.ts';
import { hoursSentence } from './hours-summary.ts';

interface InboxHoursProps {
  http: Http;
  inboxId: string;
  children?: ComponentChildren;
}

/** When a widget is open, and the way to where that is set. */
export function InboxHours({ http, inboxId, children }: InboxHoursProps) {
  const { value, error, reload } = useRemote(() => http.get<{ items: BusinessHours[] }>('/business-hours'), []);
  const hours = value?.items.find(({ inboxIds }) => inboxIds.includes(inboxId));
  return (
    <Card title={t('hours.inbox')}>
      {error && (
        <p class={styles.soft} role="alert">
          {errorText(error)}{' '}
          <Button size="small" onClick={reload}>
            {t('action.retry')}
          </Button>
        </p>
      )}
      {value && (
        <div class={styles.inboxHours}>
          {hours && <OneLine class={styles.name} text={hours.name} />}
          <p>{hours ? hoursSentence(hours, hours.now, screenClock.value) : t('hours.inboxAlways')}</p>
          <a href={hoursPath(hours?.id)}>{t(hours ? 'hours.inboxChange' : 'hours.inboxSet')}</a>
        </div>
      )}
      {children}
    </Card>
  );
}
