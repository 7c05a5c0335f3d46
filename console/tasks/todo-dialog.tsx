import { useEffect, useMemo, useRef } from 'preact/hooks';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { showToast } from '../ui/toast.tsx';
import { CustomerPicker } from './customer-picker.tsx';
import { DueField } from './due-field.tsx';
import type { PeopleAtHand } from './people-at-hand.ts';
import { RecurrenceField } from './recurrence-field.tsx';
import type { TaskBoard } from './task-board.ts';
import styles from './todo-dialog.module.css';
import { TodoForm, type TodoWords } from './todo-form.ts';
import { HandsFields, ReminderField } from './todo-hands.tsx';
import { todoKindList } from './todo-kinds.ts';
import type { TodoWish } from './todo-wish.ts';
import { savedWords } from './todo-words.ts';

interface TodoDialogProps {
  http: Http;
  board: TaskBoard;
  people: PeopleAtHand;
  agentId: string;
  wish: TodoWish;
  /** May look for a customer. */
  mayFind: boolean;
  onClose: () => void;
}

/** What is to be done, by when, by whom. Enter in the first line writes it down. */
export function TodoDialog({ http, board, people, agentId, wish, mayFind, onClose }: TodoDialogProps) {
  const weekStartsOn = language.peek() === 'he' ? 0 : 1;
  const form = useMemo(() => new TodoForm({ http, agentId, wish, weekStartsOn, store: localStorage }), [http, agentId, wish]);
  const box = useRef<HTMLFormElement>(null);
  const words: TodoWords = form.words.value;
  const { todo } = wish;
  const now = Date.now();
  useEffect(() => box.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    const saved = await form.save();
    if (!saved) return void box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    board.taskChanged(saved);
    showToast({ text: savedWords(saved, todo !== undefined) });
    onClose();
  };

  const error = form.error.value;
  const contact = form.contact.value;
  const isOfChat = (todo ? todo.conversationId : wish.conversationId) != null;
  return (
    <Dialog
      title={t(todo ? 'todo.editTitle' : 'todo.newTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="todo" isBusy={form.isBusy.value}>
            {t(todo ? 'action.save' : 'todo.add')}
          </Button>
        </>
      }
    >
      <form ref={box} id="todo" class={styles.form} noValidate onSubmit={submit} onInput={() => form.keep()}>
        <TextField
          label={t('todo.what')}
          value={words.title}
          maxLength={300}
          autoComplete="off"
          onInput={(title) => form.write({ title })}
          error={form.isTitleMissing.value ? t('todo.whatMissing') : undefined}
        />
        {mayFind && !isOfChat ? (
          <CustomerPicker http={http} customer={contact} onPick={(picked) => form.writeFor(picked)} />
        ) : (
          contact && <p class={styles.about}>{t('todo.about', { name: contactName(contact) })}</p>
        )}
        <Segmented
          label={t('todo.kind')}
          value={words.kind}
          options={todoKindList.map((kind) => ({ value: kind, label: t(`todo.kind.${kind}`) }))}
          onChoose={(kind) => form.write({ kind })}
        />
        <DueField time={form.due} now={now} />
        <div class={styles.pair}>
          <ReminderField value={words.reminderMinutes} onChange={(reminderMinutes) => form.write({ reminderMinutes })} />
          <HandsFields
            people={people}
            agentId={agentId}
            ownerId={words.ownerId}
            teamId={words.teamId}
            onChange={(change) => form.write(change)}
          />
        </div>
        <Segmented
          label={t('priority.change')}
          value={words.priority}
          options={(['low', 'normal', 'high', 'urgent'] as const).map((priority) => ({
            value: priority,
            label: t(`priority.${priority}`),
          }))}
          onChoose={(priority) => form.write({ priority })}
        />
        <RecurrenceField value={words.recurrence} dueAt={form.due.at} onChange={(recurrence) => form.write({ recurrence })} />
        {todo?.recurrence && <p class={styles.about}>{t('todo.seriesHint')}</p>}
        <TextAreaField
          label={t('todo.note')}
          rows={3}
          value={words.note}
          maxLength={4_000}
          onInput={(note) => form.write({ note })}
          hint={todo?.isMasked ? t('todo.maskedHint') : undefined}
        />
        {form.hasClash.value && (
          <p class={styles.error} role="alert">
            {t('todo.clash')}
          </p>
        )}
        {error && (
          <p class={styles.error} role="alert">
            {error.code === 'not-found' && todo ? t('todo.gone') : errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
