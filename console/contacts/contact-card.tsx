import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import { wasSeen } from '../../shared/was-seen.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import type { CardRowProps } from './card-row.ts';
import { CompanyRow } from './company-row.tsx';
import { ConsentRow } from './consent-row.tsx';
import styles from './contact-card.module.css';
import { contactName } from './contact-name.ts';
import { ContactTags } from './contact-tags.tsx';
import { CustomFieldRows } from './custom-field-rows.tsx';
import { DetailRow } from './detail-row.tsx';
import { editFile } from './edit-file.ts';
import { AddIdentity, IdentityRows } from './identity-rows.tsx';
import { Editable } from './in-place.tsx';
import { LanguageRow } from './language-row.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { OwnerRow } from './owner-row.tsx';
import { refusalText } from './refusal-text.tsx';
import { SectionHead } from './section-head.tsx';

interface ContactCardProps {
  http: Http;
  contact: Contact;
  mayEdit: boolean;
  onChanged: (contact: Contact) => void;
}

/** Who this is, edited in place. */
export function ContactCard(props: ContactCardProps) {
  const { edits, isLive, contact } = useCard(props);
  return (
    <div class={styles.card}>
      <Who edits={edits} mayEdit={isLive} avatar="large" />
      <dl class={styles.details}>
        <IdentityRows edits={edits} mayEdit={isLive && !contact.isMasked} />
        {isLive && !contact.isMasked && <AddIdentity edits={edits} />}
        <CompanyRow edits={edits} mayEdit={isLive} />
        <FactRows edits={edits} mayEdit={isLive} />
      </dl>
    </div>
  );
}

/** The first glance: who this is, and how to reach it. The rest is `ContactFacts`, further down. */
export function ContactHead(props: ContactCardProps) {
  const { edits, isLive, contact, hasCompany } = useCard(props);
  return (
    <div class={styles.card}>
      <Who edits={edits} mayEdit={isLive} avatar="medium">
        <a class={styles.open} href={`/console/contacts/${contact.id}`} title={t('card.openFile')} aria-label={t('card.openFile')}>
          <Icon name="maximize" size="small" />
        </a>
      </Who>
      <dl class={styles.details}>
        <IdentityRows edits={edits} mayEdit={isLive && !contact.isMasked} />
        {hasCompany && <CompanyRow edits={edits} mayEdit={isLive} />}
      </dl>
    </div>
  );
}

/** What else is known, edited in place. */
export function ContactFacts(props: ContactCardProps) {
  const { edits, isLive, contact, hasCompany } = useCard(props);
  return (
    <section class={styles.card} aria-label={t('card.facts')}>
      <SectionHead title={t('card.facts')} isPage={false} />
      <dl class={styles.details}>
        {isLive && !contact.isMasked && <AddIdentity edits={edits} />}
        {!hasCompany && <CompanyRow edits={edits} mayEdit={isLive} />}
        <FactRows edits={edits} mayEdit={isLive} />
      </dl>
    </section>
  );
}

function useCard({ http, contact, mayEdit, onChanged }: ContactCardProps) {
  const edits = editFile({ http, contact, onChanged, explain: refusalText });
  // A row does not move away from under whoever fills it in.
  const [hasCompany] = useState(contact.company !== null);
  return { edits, contact, hasCompany, isLive: mayEdit && contact.erasedAt === undefined };
}

function Who({ edits, mayEdit: isLive, avatar, children }: CardRowProps & { avatar: 'medium' | 'large'; children?: ComponentChildren }) {
  const { contact } = edits;
  return (
    <>
      <div class={styles.who}>
        <Avatar name={contact.name} seed={contact.id} size={avatar} />
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
        {children}
      </div>
      <ContactTags edits={edits} mayEdit={isLive} />
    </>
  );
}

function FactRows({ edits, mayEdit }: CardRowProps) {
  const { contact } = edits;
  const isSeen = wasSeen(contact);
  return (
    <>
      <OwnerRow edits={edits} mayEdit={mayEdit} />
      <LanguageRow edits={edits} mayEdit={mayEdit} />
      <CustomFieldRows edits={edits} mayEdit={mayEdit} />
      {contact.page && (
        <DetailRow icon="external-link" label={t('contact.page')}>
          <PageLink page={contact.page} />
        </DetailRow>
      )}
      {isSeen && (
        <DetailRow icon="eye" label={t('contact.lastSeen')}>
          <RelativeTime at={contact.lastSeenAt} />
        </DetailRow>
      )}
      <DetailRow icon="calendar" label={t(isSeen ? 'contact.firstSeen' : 'contact.opened')}>
        <RelativeTime at={contact.createdAt} />
      </DetailRow>
      <ConsentRow edits={edits} mayEdit={mayEdit} />
    </>
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
