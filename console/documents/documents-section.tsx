import type { FileSectionProps } from '../contacts/file-section.ts';
import { t } from '../texts/texts.ts';
import { DocumentShelf } from './document-shelf.tsx';

const SHOWN_BESIDE = 3;

/** Files that are kept with a person. Beside a chat, where there are none, nothing is said of it. */
export function DocumentsSection({ http, contact, may, isPage }: FileSectionProps) {
  const isOpen = contact.erasedAt === undefined;
  const rights = { contact: 'contacts:edit', ticket: 'tickets:edit', opportunity: 'opportunities:edit' } as const;
  return (
    <DocumentShelf
      http={http}
      entity="contact"
      entityId={contact.id}
      contactId={contact.id}
      {...(!isPage && { isBrief: true, limit: SHOWN_BESIDE })}
      mayAdd={isPage && isOpen && may('contacts:edit')}
      mayChange={({ entity }) => isPage && isOpen && may(rights[entity])}
      emptyText={t('documents.emptyHint')}
    />
  );
}
