import type { Contact } from '../../shared/contact.ts';
import type { Callback, Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { formatMoment } from '../ui/format.ts';
import { BlockRow } from './block-row.tsx';
import { ContactActivity } from './contact-activity.tsx';
import { ContactCalls } from './contact-calls.tsx';
import { ContactCard } from './contact-card.tsx';
import { ContactConversations } from './contact-conversations.tsx';
import styles from './customer-file.module.css';
import { EraseFile } from './erase-file.tsx';
import type { DrawSections } from './file-section.ts';

interface CustomerFileProps {
  http: Http;
  contact: Contact;
  mayEdit: boolean;
  /** The conversation that is open beside the file. */
  conversationId?: string;
  /** On a page of its own each part stands on a card. */
  isPage?: boolean;
  /** Another one whenever a task has changed. */
  taskChange?: Task | null | undefined;
  hasTasks?: boolean;
  /** For whoever may make calls. */
  onCall?: ((task: Callback) => void) | undefined;
  onPromise?: ((contact: Contact) => void) | undefined;
  mayBlock?: boolean;
  drawSections?: DrawSections | undefined;
  onChanged: (contact: Contact) => void;
}

/** All that is known of one person. */
export function CustomerFile({
  http,
  contact,
  mayEdit,
  conversationId,
  isPage = false,
  taskChange,
  hasTasks = false,
  onCall,
  onPromise,
  mayBlock = false,
  drawSections,
  onChanged,
}: CustomerFileProps) {
  return (
    <div class={[styles.file, isPage && styles.paged].filter(Boolean).join(' ')}>
      {drawSections?.({ http, contact, conversationId: conversationId ?? null, isPage }, 'card')}
      <ContactCard key={contact.id} http={http} contact={contact} mayEdit={mayEdit} onChanged={onChanged} />
      <BlockRow http={http} contact={contact} mayBlock={mayBlock} onChanged={onChanged} />
      {contact.erasedAt !== undefined && <p role="note">{t('contact.erased', { moment: formatMoment(contact.erasedAt) })}</p>}
      {hasTasks && (
        <ContactCalls
          key={`calls-${contact.id}`}
          http={http}
          contactId={contact.id}
          change={taskChange}
          onCall={onCall}
          onPromise={onPromise && contact.erasedAt === undefined ? () => onPromise(contact) : undefined}
        />
      )}
      {drawSections?.({ http, contact, conversationId: conversationId ?? null, isPage }, 'below')}
      <ContactActivity key={`activity-${contact.id}`} http={http} contact={contact} />
      <ContactConversations
        key={`${contact.id}-${conversationId}`}
        http={http}
        contactId={contact.id}
        stamp={contact.updatedAt}
        {...(conversationId && { exceptId: conversationId })}
      />
      {isPage && mayEdit && contact.erasedAt === undefined && <EraseFile http={http} contact={contact} onChanged={onChanged} />}
    </div>
  );
}
