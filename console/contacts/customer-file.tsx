import type { Contact, ContactPatch } from '../../shared/contact.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { ContactActivity } from './contact-activity.tsx';
import { ContactCard } from './contact-card.tsx';
import { ContactConversations } from './contact-conversations.tsx';
import styles from './customer-file.module.css';

interface CustomerFileProps {
  http: Http;
  contact: Contact;
  mayEdit: boolean;
  /** The conversation that is open beside the file. */
  conversationId?: string;
  /** On a page of its own each part stands on a card. */
  isPage?: boolean;
  onChanged: (contact: Contact) => void;
}

/** All that is known of one person. */
export function CustomerFile({ http, contact, mayEdit, conversationId, isPage = false, onChanged }: CustomerFileProps) {
  const patch = async (change: ContactPatch): Promise<Reply<Contact>> => {
    const reply = await http.patch<Contact>(`/contacts/${contact.id}`, change);
    if (reply.ok) onChanged(reply.data);
    return reply;
  };
  return (
    <div class={[styles.file, isPage && styles.paged].filter(Boolean).join(' ')}>
      <ContactCard key={contact.id} contact={contact} mayEdit={mayEdit} onPatch={patch} />
      <ContactActivity key={`activity-${contact.id}`} http={http} contact={contact} />
      <ContactConversations
        key={`${contact.id}-${conversationId}`}
        http={http}
        contactId={contact.id}
        {...(conversationId && { exceptId: conversationId })}
      />
    </div>
  );
}
