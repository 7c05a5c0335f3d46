import type { Customer, CustomerColumn, CustomerSort } from '../../shared/customer.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { type CellWords, columnName, customerCell } from './customer-cell.tsx';
import type { CustomerList } from './customer-list.ts';
import styles from './customer-table.module.css';

const sortOf: Partial<Record<CustomerColumn, CustomerSort>> = {
  name: 'name',
  value: 'value',
  purchased: 'purchased',
  created: 'created',
  seen: 'seen',
};

interface CustomerTableProps extends CellWords {
  list: CustomerList;
  /** Whether rows can be chosen: there is something to do with them. */
  isChoosing: boolean;
}

/** A table on a desk; on a phone each row is a card, which says what each of its words is. */
export function CustomerTable({ list, isChoosing, ...words }: CustomerTableProps) {
  const items = list.items.value;
  const columns = list.columns.value.filter((column) => column !== 'name' && columnName(column, words.fields) !== undefined);
  const isAll = list.isAllChosen.value || (items.length > 0 && items.every(({ id }) => list.chosen.value.has(id)));
  const isSome = list.isAllChosen.value || list.chosen.value.size > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as cards on a phone a table's own elements would lose their roles
    <div class={styles.frame} style={template(columns.length, isChoosing)} role="table" aria-label={t('contacts.title')} aria-rowcount={-1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="row" class={styles.head} tabIndex={-1}>
        {isChoosing && (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span role="columnheader" tabIndex={-1} class={styles.check}>
            <input
              type="checkbox"
              aria-label={t('customers.chooseShown')}
              checked={isAll}
              indeterminate={isSome && !isAll}
              onChange={(event) => list.chooseShown(event.currentTarget.checked)}
            />
            <span class={styles.shown} aria-hidden="true">
              {t('customers.chooseShown')}
            </span>
          </span>
        )}
        {(['name', ...columns] as CustomerColumn[]).map((column) => (
          <Heading key={column} list={list} column={column} label={columnName(column, words.fields)} />
        ))}
      </div>
      {items.map((customer) => (
        <Row key={customer.id} list={list} customer={customer} columns={columns} isChoosing={isChoosing} words={words} />
      ))}
    </div>
  );
}

function template(columns: number, isChoosing: boolean): Record<string, string> {
  return { '--columns': `${isChoosing ? '40px ' : ''}minmax(160px, 1.4fr)${' minmax(max-content, 1fr)'.repeat(columns)}` };
}

function Heading({ list, column, label }: { list: CustomerList; column: CustomerColumn; label: string }) {
  const sort = sortOf[column];
  const isHere = sort !== undefined && list.sort.value === sort;
  const direction = list.direction.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <span
      role="columnheader"
      tabIndex={-1}
      class={styles.heading}
      aria-sort={isHere ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      {sort ? (
        <button type="button" class={styles.sort} onClick={() => list.order(sort)}>
          <bdi>{label}</bdi>
          {isHere && <Icon name={direction === 'asc' ? 'chevron-up' : 'chevron-down'} size="small" />}
        </button>
      ) : (
        <bdi>{label}</bdi>
      )}
    </span>
  );
}

interface RowProps {
  list: CustomerList;
  customer: Customer;
  columns: readonly CustomerColumn[];
  isChoosing: boolean;
  words: CellWords;
}

function Row({ list, customer, columns, isChoosing, words }: RowProps) {
  const isChosen = list.isAllChosen.value || list.chosen.value.has(customer.id);
  const name = contactName(customer);
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="row"
      tabIndex={-1}
      class={`${styles.row} ${isChosen ? styles.chosen : ''}`}
      aria-selected={isChoosing ? isChosen : undefined}
      onKeyDown={moveBetweenRows}
    >
      {isChoosing && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <span role="cell" class={styles.check}>
          <input
            type="checkbox"
            aria-label={t('customers.choose', { name })}
            checked={isChosen}
            onChange={(event) => list.choose(customer.id, event.currentTarget.checked)}
          />
        </span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span role="cell" class={styles.who}>
        <a class={styles.link} href={`/console/contacts/${customer.id}`} data-customer>
          <Avatar name={customer.name} seed={customer.id} size="small" />
          <OneLine class={styles.name} text={name} />
        </a>
      </span>
      {columns.map((column) => {
        const shown = customerCell(column, customer, words);
        const isEmpty = shown === null || shown === undefined || shown === false || shown === '';
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span key={column} role="cell" class={`${styles.cell} ${isEmpty ? styles.empty : ''}`}>
            <span class={styles.label}>{columnName(column, words.fields)}</span>
            <span class={styles.value}>{isEmpty ? <span aria-hidden="true">–</span> : shown}</span>
          </span>
        );
      })}
    </div>
  );
}

/** Up and down from name to name; space chooses. */
function moveBetweenRows(event: KeyboardEvent): void {
  const row = event.currentTarget as HTMLElement;
  if (event.key === ' ' && event.target instanceof HTMLAnchorElement) {
    event.preventDefault();
    row.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    return;
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const other = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const link = other?.querySelector<HTMLElement>('[data-customer]');
  if (!link) return;
  event.preventDefault();
  link.focus();
}
