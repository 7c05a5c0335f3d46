import type { TicketCategory } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { ArchiveChoice, type ChangeChoice, ChoiceName, sayProblem, useOrder } from './choice-row.tsx';
import { inTree, putChoices } from './choice-shelf.ts';
import { choiceSorting } from './choice-sorting.ts';
import styles from './ticket-settings.module.css';

interface CategoryListProps {
  http: Http;
  categories: readonly TicketCategory[];
  onChange: ChangeChoice;
}

/** What tickets can be about, in the order in which it is offered: each with its own below it, which move along. */
export function CategoryList({ http, categories, onChange }: CategoryListProps) {
  const saveOrder = useOrder(http, '/ticket-categories/order');
  const sorted = inTree(categories);
  const below = (id: string) => sorted.filter(({ parentId }) => parentId === id);
  const top = sorted.filter(({ parentId }) => parentId === null || !categories.some(({ id }) => id === parentId));
  const order = (next: readonly TicketCategory[]) => {
    putChoices(http, { categories: next });
    saveOrder(next);
  };
  const draw = (items: readonly TicketCategory[], onMove: (from: number, to: number) => void) => (
    <SortableList
      items={items}
      keyOf={({ id }) => id}
      words={choiceSorting()}
      onMove={onMove}
      title={(choice) => <ChoiceName choice={choice} onChange={onChange} />}
      actions={(choice) => <ArchiveChoice choice={choice} onChange={onChange} />}
    >
      {(category) => {
        const own = below(category.id);
        return (
          <div class={styles.inside}>
            {category.archivedAt === null && (
              <Rules category={category} categories={categories} hasBelow={own.length > 0} onChange={onChange} />
            )}
            {own.length > 0 &&
              draw(own, (from, to) => {
                const next = moved(own, from, to);
                order(top.flatMap((one) => [one, ...(one.id === category.id ? next : below(one.id))]));
              })}
          </div>
        );
      }}
    </SortableList>
  );
  return draw(top, (from, to) => order(moved(top, from, to).flatMap((one) => [one, ...below(one.id)])));
}

interface RulesProps {
  category: TicketCategory;
  categories: readonly TicketCategory[];
  hasBelow: boolean;
  onChange: ChangeChoice;
}

function Rules({ category: { id, parentId, tellsCustomer }, categories, hasBelow, onChange }: RulesProps) {
  const parents = categories.filter((one) => one.parentId === null && one.id !== id && one.archivedAt === null);
  return (
    <div class={styles.fields}>
      {!hasBelow && (parents.length > 0 || parentId !== null) && (
        <SelectField
          label={t('tickets.under')}
          value={parentId ?? ''}
          options={[{ value: '', label: t('tickets.toTop') }, ...parents.map((one) => ({ value: one.id, label: one.name }))]}
          onChoose={(chosen) => void sayProblem(onChange(id, { parentId: chosen || null }))}
        />
      )}
      <SwitchField
        label={t('tickets.tells')}
        isOn={tellsCustomer}
        onChange={(isOn) => void sayProblem(onChange(id, { tellsCustomer: isOn }))}
      />
    </div>
  );
}
