import type { ComponentChildren } from 'preact';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { RemotePages } from '../ui/use-remote.ts';
import styles from './directory-list.module.css';

interface DirectoryRow {
  href: string;
  name: string;
  /** What stands before the name, and behind it. */
  face: ComponentChildren;
  rest?: ComponentChildren;
}

interface DirectoryListProps<Item> {
  pages: RemotePages<Item>;
  hasAvatar?: boolean;
  /** Instead of a list of nothing. */
  empty: ComponentChildren;
  rowOf: (item: Item) => DirectoryRow;
}

/** One line for each, which leads to its page; more when they are asked for. */
export function DirectoryList<Item extends { id: string }>({ pages, hasAvatar = false, empty, rowOf }: DirectoryListProps<Item>) {
  const isBusy = pages.phase === 'loading';
  if (pages.items.length === 0 && isBusy && !pages.error) return <Skeleton rows={5} hasAvatar={hasAvatar} label={t('state.loading')} />;
  return (
    <>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.items.length === 0 && !pages.error && empty}
      <ul class={styles.list}>
        {pages.items.map((item) => {
          const { href, name, face, rest } = rowOf(item);
          return (
            <li key={item.id}>
              <a class={styles.row} href={href}>
                {face}
                <OneLine class={styles.name} text={name} />
                {rest}
              </a>
            </li>
          );
        })}
      </ul>
      {pages.hasMore && (
        <div class={styles.more}>
          <Button isBusy={isBusy} onClick={pages.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  );
}
