import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';

/** The row that is being pulled over the board. The keyboard has the row's menu for the same. */
export const draggedRow = signal<ConversationSummary | null>(null);

/** What an element needs to take a row; null where none may be dropped. */
export function useDropTarget(drop: (() => void) | null) {
  const [isOver, setIsOver] = useState(false);
  if (!drop) return { isOver: false };
  return {
    isOver: isOver && draggedRow.value !== null,
    onDragOver: (event: DragEvent) => {
      if (!draggedRow.value) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      drop();
      draggedRow.value = null;
    },
  };
}

/** What a row needs to be pulled. */
export function dragSource(summary: ConversationSummary) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      draggedRow.value = summary;
      // Firefox pulls nothing that carries nothing.
      event.dataTransfer?.setData('text/plain', summary.id);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    onDragEnd: () => {
      draggedRow.value = null;
    },
  };
}
