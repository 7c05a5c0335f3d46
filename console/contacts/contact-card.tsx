import type { Contact } from '../../shared/contact.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { CompanyRow } from './company-row.tsx';
import { ConsentRow } from './consent-row.tsx';
import styles from './contact-card.module.css';
import { contactName } from './contact-name.ts';
import { ContactTags } from './contact-tags.tsx';
import { CustomFieldRows } from './custom-field-rows.tsx';
import { DetailRow } from './detail-row.tsx';
import { editFile } from './edit-file.ts';
import { IdentityRows } from './identity-rows.tsx';
import { Editable } from './in-place.tsx';
import { LanguageRow } from './language-row.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { OwnerRow } from './owner-row.tsx';
import { refusalText } from './refusal-text.tsx';

interface ContactCardProps {
  http: Http;
  contact: Contact;
  mayEdit: boolean;
  onChanged: (contact: Contact) => void;
}

/** Who this is, edited in place. */
export function ContactCard({ http, contact, mayEdit, onChanged }: ContactCardProps) {
  const edits = editFile({ http, contact, onChanged, explain: refusalText });
  const isLive = mayEdit && contact.erasedAt === undefined;
  return (
    <div class={styles.card}>
      <div class={styles.who}>
        <Avatar name={contact.name} seed={contact.id} size="large" />
        <div class={styles.name}>
          <Editable
            mayEdit={isLive}
            label={t('contact.name')}
            editLabel={t('contact.editName')}
            value={contact.name ?? ''}
            placeholder={contactName(contact)}
            onSave={(name) => edits.patch({ name: name || null }, t('contact.invalidName'))}
          />
          <LifecycleMenu edits={edits} mayEdit={isLive} />
        </div>
      </div>
      <ContactTags edits={edits} mayEdit={isLive} />
      <dl class={styles.details}>
        <IdentityRows edits={edits} mayEdit={isLive && !contact.isMasked} />
        <CompanyRow edits={edits} mayEdit={isLive} />
        <OwnerRow edits={edits} mayEdit={isLive} />
        <LanguageRow edits={edits} mayEdit={isLive} />
        <CustomFieldRows edits={edits} mayEdit={isLive} />
        {contact.page && (
          <DetailRow icon="external-link" label={t('contact.page')}>
            <PageLink page={contact.page} />
          </DetailRow>
        )}
        <DetailRow icon="eye" label={t('contact.lastSeen')}>
          <RelativeTime at={contact.lastSeenAt} />
        </DetailRow>
        <DetailRow icon="calendar" label={t('contact.firstSeen')}>
          <RelativeTime at={contact.createdAt} />
        </DetailRow>
        <ConsentRow edits={edits} mayEdit={isLive} />
      </dl>
    </div>
  );
}

function PageLink({ page: { url, title } }: { page: NonNullable<Contact['page']> }) {
  // An address that a stranger's page told: only the web is worth a click.
  if (!/^https?:\/\//i.test(url)) return <bdi class={styles.value}>{title || url}</bdi>;
  return (
    <a class={styles.page} dir="auto" href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {title || url.replace(/^https?:\/\//i, '')}
    </a>
  );
}
