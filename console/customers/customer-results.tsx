import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { CellWords } from './customer-cell.tsx';
import type { CustomerList } from './customer-list.ts';
import styles from './customer-results.module.css';
import { CustomerTable } from './customer-table.tsx';

interface CustomerResultsProps extends CellWords {
  list: CustomerList;
  isChoosing: boolean;
  /** Whether words or a filter narrow the list down. */
  isAsking: boolean;
  onClear: () => void;
}

export function CustomerResults({ list, isAsking, onClear, ...table }: CustomerResultsProps) {
  const phase = list.phase.value;
  const error = list.error.value;
  const isEmpty = phase === 'idle' && !error && list.items.value.length === 0;
  return (
    <>
      {error && (
        <EmptyState
          icon="circle-alert"
          tone="problem"
          title={error.code === 'forbidden' || error.code === 'not-found' ? t('customers.notYours') : errorText(error)}
        >
          <Button onClick={() => void list.reload()}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {phase === 'loading' && list.items.value.length === 0 && <Skeleton rows={6} hasAvatar label={t('state.loading')} />}
      {isEmpty &&
        (isAsking ? (
          <EmptyState icon="search" title={t('contacts.nothingFound')} text={t('customers.nothingFits')}>
            <Button onClick={onClear}>{t('customers.clear')}</Button>
          </EmptyState>
        ) : (
          <EmptyState icon="users" title={t('contacts.empty')} text={t('customers.emptyHint')} />
        ))}
      {list.items.value.length > 0 && <CustomerTable list={list} {...table} />}
      <p class={styles.looking} role="status">
        {phase === 'looking' ? t('customers.looking') : ''}
      </p>
      {phase === 'idle' && list.next.value !== null && (
        <div class={styles.more}>
          <Button onClick={() => void list.loadMore()}>{t('action.more')}</Button>
        </div>
      )}
    </>
  );
}
