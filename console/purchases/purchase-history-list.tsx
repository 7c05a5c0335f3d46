import { useState } from 'preact/hooks';
import type { PurchaseChange, PurchaseChangePage } from '../../shared/purchase-change.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { PurchaseChangeWords } from './purchase-change-words.tsx';
import styles from './purchase-history-list.module.css';

/** Who changed what when, newest first. Asked for once somebody wants to see it. */
export function PurchaseHistory({ http, id }: { http: Http; id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('purchases.history')}</summary>
      {isOpen && <Moments http={http} id={id} />}
    </details>
  );
}

function Moments({ http, id }: { http: Http; id: string }) {
  const pages = useRemotePages<PurchaseChange>(
    (cursor) => http.get<PurchaseChangePage>(`/purchases/${id}/changes`, { limit: 20, cursor: cursor ?? undefined }),
    [http, id],
  );
  return (
    <>
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={2} label={t('state.loading')} />}
      <ol class={styles.moments}>
        {pages.items.map((moment) => (
          <li key={moment.id} class={styles.moment}>
            <span class={styles.who}>
              <bdi>{moment.agent?.name ?? t('purchases.change.byItself')}</bdi>
              {moment.source !== 'hand' && <> · {t(`purchases.source.${moment.source}`)}</>}
              {' · '}
              <RelativeTime at={moment.at} />
            </span>
            {moment.kind !== 'changed' && <div class={styles.change}>{t(`purchases.change.${moment.kind}`)}</div>}
            {moment.changes.map((change) => (
              <div key={change.field} class={styles.change}>
                <PurchaseChangeWords moment={moment} change={change} />
              </div>
            ))}
          </li>
        ))}
      </ol>
      {pages.error && (
        <p class={styles.problem} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {(pages.hasMore || pages.error) && (
        <Button size="small" look="quiet" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t(pages.error ? 'action.retry' : 'action.more')}
        </Button>
      )}
    </>
  );
}
