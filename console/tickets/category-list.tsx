import { useRef } from 'preact/hooks';
import type { TicketCategory } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { SelectField } from '../ui/field.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { inTree, putChoices, readChoices } from './choice-shelf.ts';
import { choiceSorting } from './choice-sorting.ts';
import styles from './ticket-settings.module.css';
import { ticketProblem } from './ticket-words.ts';

interface CategoryListProps {
  http: Http;
  categories: readonly TicketCategory[];
  onChange: (id: string, patch: object) => Promise<string | null>;
}

/** What tickets can be about, in the order in which it is offered: each with its own below it, which move along. */
export function CategoryList({ http, categories, onChange }: CategoryListProps) {
  const turn = useRef(Promise.resolve());
  const sorted = inTree(categories);
  const below = (id: string) => sorted.filter(({ parentId }) => parentId === id);
  const top = sorted.filter(({ parentId }) => parentId === null || !categories.some(({ id }) => id === parentId));
  const order = (next: readonly TicketCategory[]) => {
    putChoices(http, { categories: next });
    // One after the other, so that the last order is the one that stays.
    turn.current = turn.current.then(async () => {
      const reply = await http.post('/ticket-categories/order', { ids: next.map(({ id }) => id) });
      if (reply.ok) return;
      showToast({ text: ticketProblem(reply.error), tone: 'problem' });
      await readChoices(http);
    });
  };
  const draw = (items: readonly TicketCategory[], onMove: (from: number, to: number) => void) => (
    <SortableList
      items={items}
      keyOf={({ id }) => id}
      words={choiceSorting()}
      onMove={onMove}
      title={(category) => <Name category={category} onChange={onChange} />}
      actions={({ id, archivedAt }) => (
        <Button size="small" look="quiet" onClick={() => void say(onChange(id, { isArchived: archivedAt === null }))}>
          {t(archivedAt === null ? 'tickets.archive' : 'tickets.restore')}
        </Button>
      )}
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

type RowProps = { category: TicketCategory; onChange: CategoryListProps['onChange'] };

function Name({ category: { id, name, archivedAt }, onChange }: RowProps) {
  return (
    <span class={styles.name}>
      <EditInPlace
        label={t('tickets.rename')}
        editLabel={t('tickets.rename')}
        value={name}
        placeholder={name}
        maxLength={60}
        onSave={(text) => (text === '' ? Promise.resolve(null) : onChange(id, { name: text }))}
      />
      {archivedAt !== null && <Badge>{t('tickets.archivedMark')}</Badge>}
    </span>
  );
}

function Rules({
  category: { id, parentId, tellsCustomer },
  categories,
  hasBelow,
  onChange,
}: RowProps & { categories: readonly TicketCategory[]; hasBelow: boolean }) {
  const parents = categories.filter((one) => one.parentId === null && one.id !== id && one.archivedAt === null);
  return (
    <div class={styles.fields}>
      {!hasBelow && (parents.length > 0 || parentId !== null) && (
        <SelectField
          label={t('tickets.under')}
          value={parentId ?? ''}
          options={[{ value: '', label: t('tickets.toTop') }, ...parents.map((one) => ({ value: one.id, label: one.name }))]}
          onChoose={(chosen) => void say(onChange(id, { parentId: chosen || null }))}
        />
      )}
      <SwitchField label={t('tickets.tells')} isOn={tellsCustomer} onChange={(isOn) => void say(onChange(id, { tellsCustomer: isOn }))} />
    </div>
  );
}

async function say(changed: Promise<string | null>): Promise<void> {
  const problem = await changed;
  if (problem) showToast({ text: problem, tone: 'problem' });
}
