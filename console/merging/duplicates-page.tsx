import { useEffect, useState } from 'preact/hooks';
import type { FileBrief, Likeness, Merged } from '../../shared/merging.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { likenessNews } from './duplicate-news.ts';
import { DuplicateRow } from './duplicate-row.tsx';
import styles from './duplicates-page.module.css';
import { keptFirst, refuseLikeness, showMerged } from './merge-actions.ts';
import { MergeDialog } from './merge-dialog.tsx';

const PAGE = 30;
/** The house looks at many files one after the other, and tells each time. */
const SETTLES_MS = 300;

/** Files that may be one person, the most likely first: each is merged or refused. */
export function DuplicatesPage({ http }: { http: Http }) {
  const [stamp, setStamp] = useState(0);
  const [busyId, setBusyId] = useState<string | null>(null);
  const [compared, setCompared] = useState<[FileBrief, FileBrief] | null>(null);
  const pages = useRemotePages<Likeness>((cursor) => http.get('/duplicates', { limit: PAGE, cursor: cursor ?? undefined }), [stamp]);
  const again = () => setStamp((turn) => turn + 1);
  const news = likenessNews.value;
  const [readAt] = useState(news);
  useEffect(() => {
    if (news === readAt) return;
    const timer = setTimeout(pages.reload, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [news]);
  const refuse = async ({ id }: Likeness) => {
    setBusyId(id);
    if (await refuseLikeness(http, id, again)) pages.patch((items) => items.filter((item) => item.id !== id));
    setBusyId(null);
  };
  const merged = (done: Merged) => {
    setCompared(null);
    showMerged(http, done, again);
    // Whatever else was proposed of the file that has gone is proposed of the one that stays, or no more.
    pages.patch((items) => items.filter(({ contact, other }) => ![contact.id, other.id].includes(done.merge.fromId)));
  };
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  return (
    <PageFrame title={t('duplicate.title')} width="table" back={{ href: '/console/contacts', label: t('contacts.title') }}>
      <p class={styles.intro}>{t('duplicate.intro')}</p>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={6} hasAvatar label={t('state.loading')} />}
      {isEmpty && <EmptyState icon="users" title={t('duplicate.empty')} text={t('duplicate.emptyHint')} />}
      <ul class={styles.list} aria-label={t('duplicate.title')}>
        {pages.items.map((likeness) => (
          <DuplicateRow
            key={likeness.id}
            likeness={likeness}
            isBusy={busyId === likeness.id}
            onCompare={() =>
              setCompared(likeness.kind === 'claim' ? [likeness.other, likeness.contact] : keptFirst(likeness.contact, likeness.other))
            }
            onRefuse={() => void refuse(likeness)}
          />
        ))}
      </ul>
      {pages.hasMore && (
        <div class={styles.more}>
          <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
      {compared && <MergeDialog http={http} pair={compared} onMerged={merged} onClose={() => setCompared(null)} />}
    </PageFrame>
  );
}
