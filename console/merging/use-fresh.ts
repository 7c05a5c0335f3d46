import { useEffect, useRef } from 'preact/hooks';

/** Runs `reload` whenever the customer file is another one than it was when this was first shown. */
export function useFresh(contact: unknown, reload: () => void): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else reload();
  }, [contact]);
}
