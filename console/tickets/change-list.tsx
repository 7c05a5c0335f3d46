import type { CustomField } from '../../shared/custom-fields.ts';
import type { TicketChange, TicketFile } from '../../shared/ticket.ts';
import { useKnown } from '../contacts/use-known.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { ChangeWords } from './ticket-change-words.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';

/** Who changed what when, newest first: what one did at one moment stands together. */
export function ChangeList({ desk: { http }, file }: { desk: TicketDesk; file: TicketFile }) {
  const fields = useKnown<{ items: CustomField[] }>(http, '/fields?entity=ticket')?.items ?? [];
  const route = `/tickets/${file.id}/changes`;
  const pages = useRemotePages<TicketChange>(
    (cursor) => http.get(route, { limit: 30, cursor: cursor ?? undefined }),
    [http, route, file.updatedAt],
  );
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('tickets.changes')}</h2>
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={2} label={t('state.loading')} />}
      <ol class={styles.changes}>
        {momentsOf(pages.items).map(({ id, agent, at, changes }) => (
          <li key={id} class={styles.change}>
            <span class={styles.soft}>
              <bdi>{agent ? agent.name : t('tickets.change.byItself')}</bdi>
              {' · '}
              <RelativeTime at={at} />
            </span>
            {changes.map((change) => (
              <div key={change.id} class={styles.changeText}>
                <ChangeWords change={change} fields={fields} />
              </div>
            ))}
          </li>
        ))}
      </ol>
      {pages.error && (
        <p class={styles.late} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {(pages.hasMore || pages.error) && (
        <Button class={styles.quiet} size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t(pages.error ? 'action.retry' : 'action.more')}
        </Button>
      )}
    </section>
  );
}

interface Moment extends Pick<TicketChange, 'id' | 'agent' | 'at'> {
  changes: TicketChange[];
}

function momentsOf(changes: readonly TicketChange[]): Moment[] {
  const moments: Moment[] = [];
  for (const change of changes) {
    const last = moments.at(-1);
    if (last && last.at === change.at && last.agent?.id === change.agent?.id) last.changes.push(change);
    else moments.push({ id: change.id, agent: change.agent, at: change.at, changes: [change] });
  }
  return moments;
}
