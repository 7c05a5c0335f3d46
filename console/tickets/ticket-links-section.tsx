import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Reply } from '../../shared/errors.ts';
import type { TicketFile, TicketLink } from '../../shared/ticket.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { showToast } from '../ui/toast.tsx';
import { FindTicketDialog } from './find-ticket-dialog.tsx';
import { StatusBadge } from './status-badge.tsx';
import styles from './ticket-page.module.css';
import { ticketName, ticketPath, ticketProblem } from './ticket-words.ts';
import type { TicketAtHand } from './use-ticket.ts';

interface TicketLinksSectionProps {
  http: Http;
  file: TicketFile;
  mayEdit: boolean;
  change: TicketAtHand['change'];
  reload: () => void;
}

/** The chats about it, and the tickets above, below and beside it. */
export function TicketLinksSection({ http, file, mayEdit, change, reload }: TicketLinksSectionProps) {
  const [finding, setFinding] = useState<'parent' | 'related' | null>(null);
  const { id, parent, children, related, conversations } = file;
  const say = <Data,>(reply: Reply<Data>): string | null => {
    if (reply.ok) reload();
    return reply.ok ? null : ticketProblem(reply.error);
  };
  const remove = async (path: string) => {
    const problem = say(await http.delete(`/tickets/${id}/${path}`));
    if (problem) showToast({ text: problem, tone: 'problem' });
  };
  return (
    <>
      {conversations.length > 0 && (
        <Links title={t('tickets.chats')}>
          {conversations.map((chat) => (
            <li key={chat.id} class={styles.linkRow}>
              <a href={`/console/conversations/${chat.id}`}>
                <bdi>{contactName(chat.contact)}</bdi>
              </a>
              <RelativeTime class={styles.soft} at={chat.createdAt} />
              {mayEdit && <IconButton icon="x" label={t('tickets.unlink')} onClick={() => void remove(`conversations/${chat.id}`)} />}
            </li>
          ))}
        </Links>
      )}
      {(parent || mayEdit) && (
        <Links title={t('tickets.parent')}>
          {parent ? (
            <LinkRow link={parent} onRemove={mayEdit ? () => void change({ parentId: null }) : undefined} />
          ) : (
            <li>
              <Button class={styles.quiet} look="quiet" size="small" icon="plus" onClick={() => setFinding('parent')}>
                {t('tickets.setParent')}
              </Button>
            </li>
          )}
        </Links>
      )}
      {children.length > 0 && (
        <Links title={t('tickets.children')}>
          {children.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </Links>
      )}
      {(related.length > 0 || mayEdit) && (
        <Links title={t('tickets.related')}>
          {related.map((link) => (
            <LinkRow key={link.id} link={link} onRemove={mayEdit ? () => void remove(`related/${link.id}`) : undefined} />
          ))}
          {mayEdit && (
            <li>
              <Button class={styles.quiet} look="quiet" size="small" icon="plus" onClick={() => setFinding('related')}>
                {t('tickets.relate')}
              </Button>
            </li>
          )}
        </Links>
      )}
      {finding && (
        <FindTicketDialog
          http={http}
          title={t(finding === 'parent' ? 'tickets.setParent' : 'tickets.relate')}
          exceptIds={[id, ...(finding === 'related' ? related.map((one) => one.id) : [])]}
          onChoose={async (ticket) =>
            say(
              finding === 'parent'
                ? await change({ parentId: ticket.id })
                : await http.post(`/tickets/${id}/related`, { ticketId: ticket.id }),
            )
          }
          onClose={() => setFinding(null)}
        />
      )}
    </>
  );
}

function Links({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{title}</h2>
      <ul class={styles.links}>{children}</ul>
    </section>
  );
}

function LinkRow({ link, onRemove }: { link: TicketLink; onRemove?: (() => void) | undefined }) {
  return (
    <li class={styles.linkRow}>
      <a href={ticketPath(link)}>
        <bdi>{ticketName(link)}</bdi>
      </a>
      <StatusBadge status={link.status} />
      {onRemove && <IconButton icon="x" label={t('tickets.unlink')} onClick={onRemove} />}
    </li>
  );
}
