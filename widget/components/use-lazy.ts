import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from './speech.ts';

/** A part of the interface that is fetched, with its words, when it is first shown; null until it is here. */
export function useLazy<Part>(isWanted: boolean, load: () => Promise<Part>): Part | null {
  const { loadExtras } = useSpeech();
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (!isWanted || part) return undefined;
    let isGone = false;
    const fetchPart = () =>
      Promise.all([load(), loadExtras()]).then(
        ([loaded]) => !isGone && setPart(() => loaded),
        // Without the network it is tried again when there may be one.
        () => !isGone && addEventListener('online', fetchPart, { once: true }),
      );
    void fetchPart();
    return () => {
      isGone = true;
      removeEventListener('online', fetchPart);
    };
  }, [isWanted, part, load]);
  return part;
}
