import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ChangeList } from './change-list.tsx';
import { TicketDescription } from './ticket-description.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import { TicketFields } from './ticket-fields.tsx';
import { TicketHeader } from './ticket-header.tsx';
import { TicketLinksSection } from './ticket-links-section.tsx';
import styles from './ticket-page.module.css';
import { useTicket } from './use-ticket.ts';
import { WorkLog } from './work-log.tsx';

/** One ticket, whole: what it is about and what was done on one side, whose it is and what belongs to it on the other. */
export function TicketPage({ desk, id, mayEdit }: { desk: TicketDesk; id: string; mayEdit: boolean }) {
  const { file, error, isGone, reload, change } = useTicket(desk.http, id);
  const isEditable = mayEdit && file?.erasedAt === null;
  return (
    <main class={styles.page}>
      <div class={styles.inner}>
        <a class={styles.back} href="/console/tickets">
          <Icon name="arrow-left" size="small" />
          {t('tickets.back')}
        </a>
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
                <WorkLog desk={desk} file={file} mayEdit={isEditable} />
                <ChangeList desk={desk} file={file} />
              </div>
              <aside class={styles.aside}>
                <TicketFields desk={desk} file={file} mayEdit={isEditable} change={change} />
                <TicketLinksSection http={desk.http} file={file} mayEdit={isEditable} change={change} reload={reload} />
              </aside>
            </div>
          </>
        )}
      </div>
    </main>
  );
}
