import type { Contact } from '../../shared/contact.ts';
import type { Callback, Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { formatMoment } from '../ui/format.ts';
import { BlockRow, isBlocked } from './block-row.tsx';
import { ContactActivity } from './contact-activity.tsx';
import { ContactCalls } from './contact-calls.tsx';
import { ContactCard } from './contact-card.tsx';
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

/** All that is known of one person: in one column beside a chat, on its page with what happened beside it. */
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
  const known = (
    <>
      {draw('card')}
      {isPage && isBlocked(contact) && block}
      <ContactCard key={contact.id} http={http} contact={contact} mayEdit={mayEdit} onChanged={onChanged} />
      {!isPage && block}
      {!isLive && <p role="note">{t('contact.erased', { moment: formatMoment(contact.erasedAt ?? 0) })}</p>}
      {hasTasks && (
        <ContactCalls
          key={`calls-${contact.id}`}
          http={http}
          contactId={contact.id}
          change={taskChange}
          onCall={onCall}
          onPromise={onPromise && isLive ? () => onPromise(contact) : undefined}
        />
      )}
      {draw('below')}
    </>
  );
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
        {known}
        {draw('story')}
        {onTheSite}
        {conversations}
      </div>
    );
  return (
    <div class={styles.paged}>
      <div class={styles.column}>
        {known}
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
