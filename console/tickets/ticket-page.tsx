import { errorText } from '../texts/error-text.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ChangeList } from './change-list.tsx';
import { DeleteTicket } from './delete-ticket.tsx';
import { TicketDescription } from './ticket-description.tsx';
import type { TicketDesk, TicketRights } from './ticket-desk.ts';
import { TicketFields } from './ticket-fields.tsx';
import { TicketHeader } from './ticket-header.tsx';
import { TicketLinksSection } from './ticket-links-section.tsx';
import styles from './ticket-page.module.css';
import { useTicket } from './use-ticket.ts';
import { WorkLog } from './work-log.tsx';

const DocumentShelf = late(async () => {
  const [{ DocumentShelf }] = await Promise.all([import('../documents/document-shelf.tsx'), fetchShelf('timeline')]);
  return DocumentShelf;
});

interface TicketPageProps extends TicketRights {
  desk: TicketDesk;
  id: string;
}

/** One ticket, whole: what it is about and what was done on one side, whose it is and what belongs to it on the other. */
export function TicketPage({ desk, id, mayEdit, mayFindPeople = false, mayRemove = false }: TicketPageProps) {
  const { file, error, isGone, reload, change } = useTicket(desk.http, id);
  const isEditable = mayEdit && file?.erasedAt === null;
  return (
    <PageFrame width="file" back={{ href: '/console/tickets', label: t('tickets.back') }}>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={isGone ? t('tickets.notFound') : errorText(error)}>
          {!isGone && <Button onClick={reload}>{t('action.retry')}</Button>}
        </EmptyState>
      )}
      {!file && !error && <Skeleton rows={6} label={t('state.loading')} />}
      {file && !isGone && (
        <>
          <TicketHeader desk={desk} file={file} mayEdit={mayEdit} change={change} />
          <div class={styles.columns}>
            <div class={styles.main}>
              <TicketDescription file={file} mayEdit={isEditable} change={change} />
              {file.publicUpdate && (
                <section class={styles.section}>
                  <h2 class={styles.title}>
                    {t('tickets.told')} <RelativeTime class={styles.soft} at={file.publicUpdate.at} />
                  </h2>
                  <p class={styles.told} dir="auto">
                    {file.publicUpdate.text}
                  </p>
                </section>
              )}
              <DocumentShelf
                http={desk.http}
                place={{ entity: 'ticket', entityId: file.id, contactId: file.contact?.id ?? null, news: file.updatedAt }}
                mayAdd={isEditable}
                mayChange={() => isEditable}
                look="section"
              />
              <WorkLog desk={desk} file={file} mayEdit={isEditable} />
              <ChangeList desk={desk} file={file} />
            </div>
            <aside class={styles.aside}>
              <TicketFields desk={desk} file={file} mayEdit={isEditable} mayFindPeople={mayFindPeople} change={change} />
              <TicketLinksSection http={desk.http} file={file} mayEdit={isEditable} change={change} reload={reload} />
              {mayRemove && <DeleteTicket http={desk.http} file={file} />}
            </aside>
          </div>
        </>
      )}
    </PageFrame>
  );
}
