import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from './speech.ts';

const TRY_AGAIN_MS = 2_000;

/** A part of the interface that is fetched, with its words, when it is first shown; null until it is here. */
export function useLazy<Part>(isWanted: boolean, load: () => Promise<Part>): Part | null {
  const { loadExtras } = useSpeech();
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (!isWanted || part) return undefined;
    let isGone = false;
    const fetchPart = () =>
      isGone ||
      Promise.all([load(), loadExtras()]).then(
        ([loaded]) => !isGone && setPart(() => loaded),
        // Without the network, or behind somebody who answers in the server's place.
        () => setTimeout(fetchPart, TRY_AGAIN_MS),
      );
    void fetchPart();
    return () => {
      isGone = true;
    };
  }, [isWanted, part, load]);
  return part;
}
