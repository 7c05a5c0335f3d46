import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Todo } from '../../shared/task.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { finishTodo, moveTodo, removeTodo, reopenTodo, type TodoPlaceAt, takeTodo } from './todo-actions.ts';
import { TodoRow } from './todo-row.tsx';

interface TodoEntryProps extends TodoPlaceAt {
  todo: Todo;
  mayEdit: boolean;
  agentId: string | undefined;
  ownerName: string | null;
  teamName: string | null;
  onEdit: () => void;
  mark?: ComponentChildren;
  /** In the file of the person, where there is little room and no need to say who that is. */
  isBeside?: boolean;
}

/** A row and all that can be done with it. */
export function TodoEntry({ todo, http, board, agentId, ...row }: TodoEntryProps) {
  const [isSaying, setIsSaying] = useState(false);
  const place = { http, board };
  return (
    <>
      <TodoRow
        {...row}
        todo={todo}
        agentId={agentId}
        onDone={() => void finishTodo(place, todo)}
        onReopen={() => void reopenTodo(place, todo)}
        onFinishWith={() => setIsSaying(true)}
        onMove={(dueAt) => void moveTodo(place, todo, dueAt)}
        onTake={(taker) => void takeTodo(place, todo, taker)}
        onSkip={() => void finishTodo(place, todo, { outcome: 'not-needed' })}
        onRemove={() => void removeTodo(place, todo)}
      />
      {isSaying && (
        <OutcomeDialog
          title={todo.title}
          onDone={async (outcomeText) => (await finishTodo(place, todo, outcomeText.trim() ? { outcomeText } : {})) !== null}
          onClose={() => setIsSaying(false)}
        />
      )}
    </>
  );
}
