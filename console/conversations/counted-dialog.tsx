import type { ComponentChildren } from 'preact';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { RemotePages } from '../ui/use-remote.ts';
import styles from './counted-dialog.module.css';

interface CountedDialogProps<Row> {
  title: string;
  /** Said where there is nothing. */
  none: string;
  pages: RemotePages<Row>;
  onClose: () => void;
  children: (row: Row) => ComponentChildren;
}

/** What a number counts, row by row. */
export function CountedDialog<Row extends { id: string }>({ title, none, pages, onClose, children }: CountedDialogProps<Row>) {
  return (
    <Dialog title={title} closeLabel={t('action.close')} onClose={onClose}>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && <EmptyState icon="circle-check" title={none} />}
      <ul class={styles.list}>
        {pages.items.map((row) => (
          <li key={row.id}>{children(row)}</li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </Dialog>
  );
}

interface CountedRowProps {
  href: string;
  name: string;
  /** At the other end of the row. */
  end: ComponentChildren;
  children: ComponentChildren;
}

/** One of them: who it is, soft lines below, and a way there. */
export function CountedRow({ href, name, end, children }: CountedRowProps) {
  return (
    <a class={styles.row} href={href}>
      <span class={styles.who}>
        <OneLine class={styles.name} text={name} />
        {children}
      </span>
      {end}
    </a>
  );
}
