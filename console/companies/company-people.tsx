import type { Contact } from '../../shared/contact.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './company-directory.module.css';

/** The people of a company, last seen first. */
export function CompanyPeople({ http, companyId }: { http: Http; companyId: string }) {
  const at = `/companies/${companyId}/people`;
  const pages = useRemotePages<Contact>((cursor) => http.get(at, { cursor: cursor ?? undefined }), [at]);
  if (pages.error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
        <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (pages.items.length === 0) {
    if (pages.phase === 'loading') return <Skeleton rows={3} hasAvatar label={t('state.loading')} />;
    return <p class={styles.soft}>{t('company.peopleNone')}</p>;
  }
  return (
    <>
      <ul class={styles.list}>
        {pages.items.map((contact) => (
          <li key={contact.id}>
            <a class={styles.row} href={`/console/contacts/${contact.id}`}>
              <Avatar name={contact.name} seed={contact.id} />
              <OneLine class={styles.name} text={contactName(contact)} />
              <RelativeTime class={styles.soft} at={contact.lastSeenAt} />
            </a>
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
    </>
  );
}
