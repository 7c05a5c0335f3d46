import { useEffect, useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './contact-directory.module.css';
import { contactName } from './contact-name.ts';
import { DirectoryActions } from './directory-actions.tsx';

/** A search begins when the typing pauses. */
const PAUSE_MS = 200;

/** Every customer file, found by name, company, e-mail or phone. */
export function ContactDirectory({ http, mayEdit = false, mayMerge = false }: { http: Http; mayEdit?: boolean; mayMerge?: boolean }) {
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim(), PAUSE_MS);
  const pages = useRemotePages<Contact>((cursor) => http.get('/contacts', { q: wanted, limit: 50, cursor: cursor ?? undefined }), [wanted]);
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  return (
    <PageFrame title={t('contacts.title')} width="table" actions={<DirectoryActions http={http} mayEdit={mayEdit} mayMerge={mayMerge} />}>
      <TextField
        label={t('contacts.search')}
        isLabelHidden
        type="search"
        placeholder={t('contacts.searchPlaceholder')}
        value={typed}
        onInput={setTyped}
      />
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={6} hasAvatar label={t('state.loading')} />}
      {isEmpty &&
        (wanted ? (
          <EmptyState icon="search" title={t('contacts.nothingFound')} text={t('contacts.nothingFoundHint')}>
            <Button onClick={() => setTyped('')}>{t('contacts.clearSearch')}</Button>
          </EmptyState>
        ) : (
          <EmptyState icon="users" title={t('contacts.empty')} text={t('contacts.emptyHint')} />
        ))}
      <ul class={styles.list}>
        {pages.items.map((contact) => (
          <li key={contact.id}>
            <ContactLink contact={contact} />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <div class={styles.more}>
          <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </PageFrame>
  );
}

function ContactLink({ contact }: { contact: Contact }) {
  const reach = contact.identities.filter((identity) => identity.kind !== 'external').map((identity) => identity.value);
  return (
    <a class={styles.row} href={`/console/contacts/${contact.id}`}>
      <Avatar name={contact.name} seed={contact.id} />
      <span class={styles.who}>
        <OneLine class={styles.name} text={contactName(contact)} />
        {contact.company && <OneLine class={styles.company} text={contact.company} />}
      </span>
      <span class={styles.reach}>
        {reach.map((value) => (
          <bdi key={value} dir="ltr">
            {value}
          </bdi>
        ))}
      </span>
      <Badge tone={contact.lifecycle === 'customer' ? 'green' : contact.lifecycle === 'lead' ? 'accent' : 'neutral'}>
        {t(`contact.lifecycle.${contact.lifecycle}`)}
      </Badge>
      <RelativeTime class={styles.seen} at={contact.lastSeenAt} />
    </a>
  );
}

function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
