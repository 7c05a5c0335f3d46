import { useState } from 'preact/hooks';

/** For a place that a file can be dropped on: what it listens to, and whether one hangs over it. */
export function useFileDrop(onTake: (file: File | undefined) => void) {
  const [isOver, setIsOver] = useState(false);
  const target = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setIsOver(false);
      onTake(event.dataTransfer?.files[0]);
    },
  };
  return { isOver, target };
}
