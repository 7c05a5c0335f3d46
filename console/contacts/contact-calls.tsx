import { useEffect } from 'preact/hooks';
import type { TaskPage } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { formatMoment, formatSoon } from '../ui/format.ts';
import { screenClock } from '../ui/screen-clock.ts';
import { useRemote } from '../ui/use-remote.ts';
import styles from './contact-conversations.module.css';

/** The calls that were promised to a person and are still to be made. `change` makes it look again. */
export function ContactCalls({ http, contactId, change }: { http: Http; contactId: string; change: unknown }) {
  const { value, reload } = useRemote(() => http.get<TaskPage>('/tasks', { contactId, limit: 20 }), [contactId]);
  useEffect(() => {
    if (change !== undefined && value) reload();
  }, [change]);
  if (!value || value.items.length === 0) return null;
  const now = screenClock.value;
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('contact.calls')}</h2>
      <ul>
        {value.items.map(({ id, dueAt, phone, note }) => (
          <li key={id} class={styles.call}>
            <time dateTime={new Date(dueAt).toISOString()} title={formatMoment(dueAt)}>
              {dueAt < now ? t('contact.callNow') : formatSoon(dueAt, now)}
            </time>{' '}
            <a href={`tel:${phone}`} dir="ltr">
              {phone}
            </a>
            {note && <p dir="auto">{note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
