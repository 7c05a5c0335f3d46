import type { DocumentEntity } from '../../shared/document.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { DocumentShelf } from './document-shelf.tsx';

const rights = { contact: 'contacts:edit', ticket: 'tickets:edit', opportunity: 'opportunities:edit' } as const satisfies Record<
  DocumentEntity,
  string
>;

/** Files that are kept with a person, and with what concerns them. Beside a chat, where there are none, nothing is said of it. */
export function DocumentsSection({ http, contact, may, isPage }: FileSectionProps) {
  const isOpen = contact.erasedAt === undefined;
  return (
    <DocumentShelf
      http={http}
      place={{ entity: 'contact', entityId: contact.id, contactId: contact.id }}
      mayAdd={isOpen && may('contacts:edit')}
      mayChange={({ entity }) => isOpen && may(rights[entity])}
      look={isPage ? 'page' : 'beside'}
    />
  );
}
