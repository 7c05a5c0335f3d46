import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import { CategoryList } from './category-list.tsx';
import { readChoices, useChoices } from './choice-shelf.ts';
import { ClosingReasons } from './closing-reasons.tsx';
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
  return (
    <>
      <Card title={t('tickets.categories')} text={t('tickets.categoriesHint')}>
        <CategoryList
          http={http}
          categories={categories}
          onChange={async (id, patch) => done(await http.patch(`/ticket-categories/${id}`, patch))}
        />
        <NewChoice
          label={t('tickets.newCategory')}
          onMake={async (name) => done(await http.post('/ticket-categories', { id: nanoid(), name }))}
        />
      </Card>
      <Card title={t('tickets.reasons')} text={t('tickets.reasonsHint')}>
        <ClosingReasons
          http={http}
          reasons={reasons}
          onChange={async (id, patch) => done(await http.patch(`/ticket-reasons/${id}`, patch))}
        />
        <NewChoice
          label={t('tickets.newReason')}
          onMake={async (name) => done(await http.post('/ticket-reasons', { id: nanoid(), name }))}
        />
      </Card>
    </>
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
