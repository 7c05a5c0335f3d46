import type { Contact } from '../../shared/contact.ts';
import type { Callback, Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { formatMoment } from '../ui/format.ts';
import { BlockRow, isBlocked } from './block-row.tsx';
import { ContactActivity } from './contact-activity.tsx';
import { ContactCalls, PastCalls } from './contact-calls.tsx';
import { ContactCard, ContactFacts, ContactHead } from './contact-card.tsx';
import { ContactConversations } from './contact-conversations.tsx';
import styles from './customer-file.module.css';
import { EraseFile } from './erase-file.tsx';
import type { DrawSections, SectionPlace } from './file-section.ts';

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
  mayErase?: boolean;
  drawSections?: DrawSections | undefined;
  onChanged: (contact: Contact) => void;
}

/**
 * All that is known of one person: on its page with what happened beside it; in one column beside a chat, where what an agent must
 * know at a glance comes first: who it is, what it is worth, what is open.
 */
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
  mayErase = false,
  drawSections,
  onChanged,
}: CustomerFileProps) {
  const draw = (place: SectionPlace) => drawSections?.({ http, contact, conversationId: conversationId ?? null, isPage }, place);
  const isLive = contact.erasedAt === undefined;
  const block = <BlockRow http={http} contact={contact} mayBlock={mayBlock} onChanged={onChanged} />;
  const card = { http, contact, mayEdit, onChanged };
  const erased = !isLive && <p role="note">{t('contact.erased', { moment: formatMoment(contact.erasedAt ?? 0) })}</p>;
  const whose = { http, contactId: contact.id, change: taskChange, isPage };
  const calls = hasTasks && (
    <ContactCalls
      key={`calls-${contact.id}`}
      {...whose}
      onCall={onCall}
      onPromise={onPromise && isLive ? () => onPromise(contact) : undefined}
    />
  );
  const pastCalls = hasTasks && <PastCalls key={`past-calls-${contact.id}`} {...whose} />;
  const onTheSite = <ContactActivity key={`activity-${contact.id}`} http={http} contact={contact} />;
  const conversations = (
    <ContactConversations
      key={`${contact.id}-${conversationId}`}
      http={http}
      contactId={contact.id}
      stamp={contact.updatedAt}
      {...(conversationId && { exceptId: conversationId })}
    />
  );
  if (!isPage)
    return (
      <div class={styles.file}>
        <ContactHead key={contact.id} {...card} />
        {isBlocked(contact) && block}
        {erased}
        {draw('card')}
        {draw('below')}
        {calls}
        {conversations}
        {draw('story')}
        <ContactFacts key={`facts-${contact.id}`} {...card} />
        {pastCalls}
        {onTheSite}
        {!isBlocked(contact) && block}
      </div>
    );
  return (
    <div class={styles.paged}>
      <div class={styles.column}>
        {draw('card')}
        {isBlocked(contact) && block}
        <ContactCard key={contact.id} {...card} />
        {erased}
        {calls}
        {draw('below')}
        {pastCalls}
        {onTheSite}
        {conversations}
        {/* Not under what happened: that has no end within reach. */}
        {isLive && (mayErase || mayBlock) && (
          <div class={styles.last}>
            {!isBlocked(contact) && block}
            {mayErase && <EraseFile http={http} contact={contact} onChanged={onChanged} />}
          </div>
        )}
      </div>
      <div class={styles.column}>{draw('story')}</div>
    </div>
  );
}
