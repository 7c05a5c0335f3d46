import { useState } from 'preact/hooks';
import type { CustomerJob } from '../../shared/customer-job.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import { ChangeDialog } from './change-dialog.tsx';
import type { ConditionWords } from './condition-words.ts';
import type { CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';
import styles from './customer-selection-bar.module.css';
import { fetchExport } from './export-menu.tsx';

interface SelectionBarProps {
  house: CustomerHouse;
  list: CustomerList;
  words: ConditionWords;
  onStarted: (job: CustomerJob) => void;
}

/** An address has room for so many ids. */
const EXPORTED_MOST = 200;

/** What can be done with the chosen ones, and with everybody who is found. */
export function SelectionBar({ house, list, words, onStarted }: SelectionBarProps) {
  const [isChanging, setIsChanging] = useState(false);
  const isAll = list.isAllChosen.value;
  const isCounting = isAll && list.count.value?.isWhole !== true;
  const count = list.chosenCount.value;
  const mayAll = !isAll && list.chosen.value.size === list.items.value.length && list.next.value !== null;
  return (
    <div class={styles.bar} role="toolbar" aria-label={t('customers.selection')}>
      <p class={styles.count} role="status">
        {t('customers.chosen', { count, number: formatNumber(count) })}
        {isCounting && '…'}
      </p>
      {mayAll && (
        <button type="button" class={styles.all} onClick={() => list.chooseAll()}>
          {t('customers.chooseAll')}
        </button>
      )}
      <span class={styles.actions}>
        <Button size="small" look="primary" icon="pencil" onClick={() => setIsChanging(true)}>
          {t('customers.change')}
        </Button>
        {house.may('contacts:export') && (isAll || count <= EXPORTED_MOST) && (
          <Button
            size="small"
            icon="download"
            onClick={() => void fetchExport(house.http, list, 'xlsx', isAll ? undefined : [...list.chosen.value])}
          >
            {t('customers.export')}
          </Button>
        )}
        <IconButton icon="x" label={t('customers.chooseNobody')} onClick={() => list.chooseShown(false)} />
      </span>
      {isChanging && (
        <ChangeDialog
          house={house}
          list={list}
          words={words}
          onClose={() => setIsChanging(false)}
          onStarted={(job) => {
            setIsChanging(false);
            list.chooseShown(false);
            onStarted(job);
          }}
        />
      )}
    </div>
  );
}
