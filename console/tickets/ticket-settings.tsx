import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { Reply } from '../../shared/errors.ts';
import type { TicketCategory, TicketReason } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { inTree, readChoices, useChoices } from './choice-shelf.ts';
import styles from './ticket-settings.module.css';
import { ticketProblem } from './ticket-words.ts';

/** What tickets can be about, and why they can be closed. */
export function TicketSettings({ http }: { http: Http }) {
  const { categories, reasons } = useChoices(http);
  const done = async <Data,>(reply: Reply<Data>): Promise<string | null> => {
    if (!reply.ok) return ticketProblem(reply.error);
    await readChoices(http);
    return null;
  };
  const say = async <Data,>(reply: Reply<Data>) => {
    const problem = await done(reply);
    if (problem) showToast({ text: problem, tone: 'problem' });
  };
  return (
    <>
      <Card title={t('tickets.categories')} text={t('tickets.categoriesHint')}>
        <ul class={styles.rows}>
          {inTree(categories).map((category) => (
            <CategoryRow
              key={category.id}
              category={category}
              categories={categories}
              onChange={async (patch) => done(await http.patch(`/ticket-categories/${category.id}`, patch))}
            />
          ))}
        </ul>
        <NewChoice
          label={t('tickets.newCategory')}
          onMake={async (name) => done(await http.post('/ticket-categories', { id: nanoid(), name }))}
        />
      </Card>
      <Card title={t('tickets.reasons')} text={t('tickets.reasonsHint')}>
        <ul class={styles.rows}>
          {reasons.map((reason, place) => (
            <ReasonRow
              key={reason.id}
              reason={reason}
              isFirst={place === 0}
              onRename={async (name) => done(await http.patch(`/ticket-reasons/${reason.id}`, { name }))}
              onArchive={async (isArchived) => say(await http.patch(`/ticket-reasons/${reason.id}`, { isArchived }))}
              onUp={async () => {
                const ids = reasons.map(({ id }) => id);
                ids.splice(place - 1, 0, ...ids.splice(place, 1));
                await say(await http.post('/ticket-reasons/order', { ids }));
              }}
            />
          ))}
        </ul>
        <NewChoice
          label={t('tickets.newReason')}
          onMake={async (name) => done(await http.post('/ticket-reasons', { id: nanoid(), name }))}
        />
      </Card>
    </>
  );
}

interface CategoryRowProps {
  category: TicketCategory;
  categories: readonly TicketCategory[];
  onChange: (patch: object) => Promise<string | null>;
}

function CategoryRow({ category, categories, onChange }: CategoryRowProps) {
  const { id, name, parentId, tellsCustomer, archivedAt } = category;
  const hasBelow = categories.some((one) => one.parentId === id);
  const set = async (patch: object) => {
    const problem = await onChange(patch);
    if (problem) showToast({ text: problem, tone: 'problem' });
  };
  const parents = categories.filter((one) => one.parentId === null && one.id !== id && one.archivedAt === null);
  return (
    <li class={[styles.row, parentId !== null && styles.below].filter(Boolean).join(' ')}>
      <div class={styles.head}>
        <span class={styles.name}>
          <EditInPlace
            label={t('tickets.rename')}
            editLabel={t('tickets.rename')}
            value={name}
            placeholder={name}
            maxLength={60}
            onSave={(text) => (text === '' ? Promise.resolve(null) : onChange({ name: text }))}
          />
        </span>
        {archivedAt !== null && <Badge>{t('tickets.archived', { name: '' }).trim()}</Badge>}
        <Button size="small" look="quiet" onClick={() => void set({ isArchived: archivedAt === null })}>
          {t(archivedAt === null ? 'tickets.archive' : 'tickets.restore')}
        </Button>
      </div>
      {archivedAt === null && (
        <div class={styles.fields}>
          {!hasBelow && (parents.length > 0 || parentId !== null) && (
            <SelectField
              label={t('tickets.under')}
              value={parentId ?? ''}
              options={[{ value: '', label: t('tickets.toTop') }, ...parents.map((one) => ({ value: one.id, label: one.name }))]}
              onChoose={(chosen) => void set({ parentId: chosen || null })}
            />
          )}
          <SwitchField label={t('tickets.tells')} isOn={tellsCustomer} onChange={(isOn) => void set({ tellsCustomer: isOn })} />
        </div>
      )}
    </li>
  );
}

interface ReasonRowProps {
  reason: TicketReason;
  isFirst: boolean;
  onRename: (name: string) => Promise<string | null>;
  onArchive: (isArchived: boolean) => Promise<void>;
  onUp: () => Promise<void>;
}

function ReasonRow({ reason: { name, archivedAt }, isFirst, onRename, onArchive, onUp }: ReasonRowProps) {
  return (
    <li class={styles.row}>
      <div class={styles.head}>
        <span class={styles.name}>
          <EditInPlace
            label={t('tickets.rename')}
            editLabel={t('tickets.rename')}
            value={name}
            placeholder={name}
            maxLength={60}
            onSave={(text) => (text === '' ? Promise.resolve(null) : onRename(text))}
          />
        </span>
        {archivedAt !== null && <Badge>{t('tickets.archived', { name: '' }).trim()}</Badge>}
        {!isFirst && <IconButton icon="chevron-up" label={t('tickets.order.up')} onClick={() => void onUp()} />}
        <Button size="small" look="quiet" onClick={() => void onArchive(archivedAt === null)}>
          {t(archivedAt === null ? 'tickets.archive' : 'tickets.restore')}
        </Button>
      </div>
    </li>
  );
}

function NewChoice({ label, onMake }: { label: string; onMake: (name: string) => Promise<string | null> }) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy || name.trim() === '') return;
    setIsBusy(true);
    const refusal = await onMake(name.trim());
    setIsBusy(false);
    setProblem(refusal ?? undefined);
    if (refusal === null) setName('');
  };
  return (
    <form class={styles.make} onSubmit={submit}>
      <TextField
        label={label}
        value={name}
        maxLength={60}
        error={problem}
        autoComplete="off"
        onInput={(text) => {
          setName(text);
          setProblem(undefined);
        }}
      />
      <Button type="submit" icon="plus" isBusy={isBusy}>
        {t('tickets.logAdd')}
      </Button>
    </form>
  );
}
