import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from './skeleton.tsx';

interface LazyPartProps<Props extends object> {
  /** Fetched when it is first shown; the browser keeps it. */
  load: () => Promise<ComponentType<Props>>;
  props: Props;
  label: string;
  /** Shown where it could not be fetched. */
  failed: (retry: () => void) => preact.ComponentChildren;
}

/** A part of the console that most days nobody opens. */
export function LazyPart<Props extends object>({ load, props, label, failed }: LazyPartProps<Props>) {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null);
  const [turn, setTurn] = useState(0);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    let isWanted = true;
    load().then(
      (part) => isWanted && setPart(() => part),
      () => isWanted && setHasFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [turn]);
  if (Part) return <Part {...props} />;
  if (!hasFailed) return <Skeleton rows={3} label={label} />;
  return failed(() => {
    setHasFailed(false);
    setTurn(turn + 1);
  });
}
