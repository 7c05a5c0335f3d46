import type { Permission } from '../../shared/agent.ts';
import { type CustomerColumn, plainColumns } from '../../shared/customer.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SortableList } from '../ui/sortable-list.tsx';
import styles from './columns-dialog.module.css';
import { columnName } from './customer-cell.tsx';
import type { CustomerList } from './customer-list.ts';

const ofPurchases: readonly string[] = ['value', 'purchases', 'purchased'];

/** Which columns the list has, and in which order; kept for this agent. */
export function ColumnsDialog({
  list,
  may,
  onClose,
}: {
  list: CustomerList;
  may: (permission: Permission) => boolean;
  onClose: () => void;
}) {
  const fields = list.fields.value;
  const known = (column: CustomerColumn) => !column.startsWith('field:') || fields.some(({ id }) => column === `field:${id}`);
  const all: CustomerColumn[] = [
    ...plainColumns.filter((column) => !ofPurchases.includes(column) || may('purchases:view')),
    ...fields.map(({ id }) => `field:${id}` as const),
  ];
  const shown = list.columns.value.filter((column) => known(column) && all.includes(column) && column !== 'name');
  const left = all.filter((column) => column !== 'name' && !shown.includes(column));
  const show = (columns: readonly CustomerColumn[]) => list.show(['name', ...columns]);
  return (
    <Dialog
      title={t('customers.columns')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <h3 class={styles.heading}>{t('customers.columnsShown')}</h3>
      <SortableList
        items={shown}
        keyOf={(column) => column}
        title={(column) => (
          <CheckField label={columnName(column, fields)} isChecked onChange={() => show(shown.filter((one) => one !== column))} />
        )}
        words={{
          handle: t('customers.moveColumn'),
          up: t('customers.columnUp'),
          down: t('customers.columnDown'),
          moved: (place, count) => t('customers.columnMoved', { place, total: count }),
        }}
        onMove={(from, to) => {
          const next = [...shown];
          next.splice(to, 0, ...next.splice(from, 1));
          show(next);
        }}
      >
        {() => null}
      </SortableList>
      {left.length > 0 && <h3 class={styles.heading}>{t('customers.columnsLeft')}</h3>}
      {left.map((column) => (
        <CheckField key={column} label={columnName(column, fields)} isChecked={false} onChange={() => show([...shown, column])} />
      ))}
    </Dialog>
  );
}
