import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { TrackedEvent } from '../../shared/tracked-event.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './contact-activity.module.css';

const FIRST_SHOWN = 5;

/** What the site says that this person did there, the latest first. A file of which it says nothing has no such part. */
export function ContactActivity({ http, contact }: { http: Http; contact: Contact }) {
  const [isWhole, setWhole] = useState(false);
  // A changed file may have new events in it.
  const { items } = useRemotePages<TrackedEvent>(() => http.get(`/contacts/${contact.id}/events`), [http, contact]);
  if (items.length === 0) return null;
  const shown = isWhole ? items : items.slice(0, FIRST_SHOWN);
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('contact.activity')}</h2>
      <ul class={styles.events}>
        {shown.map((event) => (
          <li key={event.id} class={styles.event}>
            <span class={styles.line}>
              <bdi class={styles.name}>{event.name}</bdi>
              <RelativeTime class={styles.time} at={event.at} />
            </span>
            {Object.entries(event.properties).map(([name, value]) => (
              <span key={name} class={styles.property}>
                <bdi>{name}</bdi>: <bdi>{value}</bdi>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <Button size="small" onClick={() => setWhole(true)}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}
