import { useEffect, useRef } from 'preact/hooks';
import { startCall } from '../tasks/call-outcome.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { late } from '../ui/late.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Desk } from './desk.ts';
import styles from './file-panel.module.css';
import { drawSections } from './file-sections.tsx';

/** The words of the chat come first. */
const CustomerFile = late(async () => {
  const [{ CustomerFile }] = await Promise.all([import('../contacts/customer-file.tsx'), fetchShelf('contacts')]);
  return CustomerFile;
}, FileStandIn);

interface FilePanelProps {
  desk: Desk;
  conversationId: string;
  mayEdit: boolean;
  /** Lies over the conversation, where there is no room beside it. */
  isOver: boolean;
  onClose: () => void;
}

/** The customer file of the open conversation. */
export function FilePanel({ desk, conversationId, mayEdit, isOver, onClose }: FilePanelProps) {
  const conversation = desk.conversation(conversationId);
  const contact = conversation.contact.value;
  const ref = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!isOver) return;
    const origin = document.activeElement;
    ref.current?.querySelector('button')?.focus();
    return () => {
      if (origin instanceof HTMLElement) origin.focus();
    };
  }, [isOver]);

  return (
    <>
      {isOver && <button type="button" class={styles.scrim} tabIndex={-1} aria-label={t('action.close')} onClick={onClose} />}
      <aside
        ref={ref}
        class={[styles.panel, isOver && styles.over].filter(Boolean).join(' ')}
        aria-label={t('contact.file')}
        data-region
        onKeyDown={(event) => isOver && event.key === 'Escape' && onClose()}
      >
        {isOver ? (
          <header class={styles.header}>
            <h2 class={styles.title}>{t('contact.file')}</h2>
            <IconButton icon="x" label={t('action.close')} onClick={onClose} />
          </header>
        ) : (
          <h2 class="visually-hidden">{t('contact.file')}</h2>
        )}
        {contact ? (
          <div class={styles.body}>
            <CustomerFile
              http={desk.http}
              contact={contact}
              mayEdit={mayEdit}
              conversationId={conversationId}
              hasTasks={desk.me.value?.permissions.includes('tasks:view') ?? false}
              mayBlock={desk.me.value?.permissions.includes('visitors:block') ?? false}
              taskChange={desk.tasks.changed.value}
              onCall={
                desk.me.value?.permissions.includes('tasks:edit')
                  ? (task) => void startCall({ calls: desk.calls, board: desk.tasks }, task)
                  : undefined
              }
              onPromise={
                desk.me.value?.permissions.includes('tasks:edit')
                  ? (person) => {
                      desk.calls.promising.value = { contact: person, conversationId };
                    }
                  : undefined
              }
              drawSections={(props, place) =>
                drawSections(
                  { ...props, desk, agentId: desk.agentId, may: (permission) => desk.me.value?.permissions.includes(permission) ?? false },
                  place,
                )
              }
              onChanged={(changed) => conversation.contactChanged(changed)}
            />
          </div>
        ) : (
          <FileStandIn />
        )}
      </aside>
    </>
  );
}

function FileStandIn() {
  return <Skeleton rows={4} hasAvatar label={t('state.loading')} />;
}
