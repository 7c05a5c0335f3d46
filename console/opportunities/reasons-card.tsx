import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import { LOST_REASONS_MAX, type LostReason, type LostReasonList } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './pipeline-settings.module.css';

interface ReasonsCardProps {
  http: Http;
  reasons: LostReasonList['items'];
  onChanged: (list: LostReasonList) => void;
}

/** Why something is lost: what agents choose from. */
export function ReasonsCard({ http, reasons, onChanged }: ReasonsCardProps) {
  const [items, setItems] = useState<readonly LostReason[]>(() =>
    reasons.filter(({ isArchived }) => !isArchived).map(({ id, name }) => ({ id, name })),
  );
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (items.some(({ name }) => name.trim() === '')) return;
    const reply = await http.put<LostReasonList>('/lost-reasons', { items });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    onChanged(reply.data);
    showToast({ text: t('reasons.saved') });
  };
  return (
    <Card title={t('reasons.title')} text={t('reasons.hint')}>
      <form class={rows.form} noValidate onSubmit={save}>
        <SortableList
          items={items}
          keyOf={({ id }) => id}
          words={sortingWords()}
          onMove={(from, to) => setItems(moved(items, from, to))}
          title={(reason, place) => (
            <div class={styles.grow}>
              <TextField
                label={t('reasons.one', { number: place + 1 })}
                isLabelHidden
                maxLength={60}
                autoComplete="off"
                value={reason.name}
                error={isTried && reason.name.trim() === '' ? t('field.nameInvalid') : undefined}
                onInput={(name) => setItems(items.map((one) => (one.id === reason.id ? { ...one, name } : one)))}
              />
            </div>
          )}
          actions={(reason) => (
            <IconButton
              icon="trash-2"
              label={t('reasons.remove', { name: reason.name })}
              onClick={() => setItems(items.filter(({ id }) => id !== reason.id))}
            />
          )}
        >
          {() => null}
        </SortableList>
        {error && (
          <p class={rows.error} role="alert">
            {errorText(error)}
          </p>
        )}
        <div class={rows.actions}>
          {items.length < LOST_REASONS_MAX && (
            <Button icon="plus" onClick={() => setItems([...items, { id: nanoid(), name: '' }])}>
              {t('reasons.add')}
            </Button>
          )}
          <Button type="submit" look="primary">
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
