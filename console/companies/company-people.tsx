import type { Contact } from '../../shared/contact.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './directory-list.module.css';
import { DirectoryList } from './directory-list.tsx';

/** The people of a company, last seen first. */
export function CompanyPeople({ http, companyId }: { http: Http; companyId: string }) {
  const at = `/companies/${companyId}/people`;
  const pages = useRemotePages<Contact>((cursor) => http.get(at, { cursor: cursor ?? undefined }), [at]);
  return (
    <DirectoryList
      pages={pages}
      hasAvatar
      empty={<p class={styles.soft}>{t('company.peopleNone')}</p>}
      rowOf={(contact) => ({
        href: `/console/contacts/${contact.id}`,
        name: contactName(contact),
        face: <Avatar name={contact.name} seed={contact.id} />,
        rest: <RelativeTime class={styles.soft} at={contact.lastSeenAt} />,
      })}
    />
  );
}
