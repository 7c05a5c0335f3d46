import { useState } from 'preact/hooks';

/** Which rows of a list are unfolded. */
export function useOpenIds() {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return {
    isOpen: (id: string) => opened.has(id),
    open: (id: string) => setOpened(new Set([...opened, id])),
    toggle(id: string): void {
      const next = new Set(opened);
      if (!next.delete(id)) next.add(id);
      setOpened(next);
    },
  };
}
