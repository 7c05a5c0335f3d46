import type { ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const AGAIN_MS = 1_000;
const AGAIN_MAX_MS = 60_000;

/**
 * A component whose code is fetched when it is first shown, and again, ever more seldom, where that failed. Until then the stand-in is
 * there, or nothing.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  StandIn: ComponentType<{ hasFailed: boolean }> | null = null,
): FunctionComponent<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Late(props: Props) {
    const [, redraw] = useState(0);
    const [hasFailed, setHasFailed] = useState(false);
    useEffect(() => {
      if (loaded) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isGone = false;
      const fetchCode = (againMs: number) => {
        load().then(
          (component) => {
            loaded = component;
            if (!isGone) redraw((count) => count + 1);
          },
          () => {
            if (isGone) return;
            setHasFailed(true);
            timer = setTimeout(() => fetchCode(Math.min(AGAIN_MAX_MS, againMs * 2)), againMs);
          },
        );
      };
      fetchCode(AGAIN_MS);
      return () => {
        isGone = true;
        clearTimeout(timer);
      };
    }, []);
    const Part = loaded;
    if (Part) return <Part {...props} />;
    return StandIn && <StandIn hasFailed={hasFailed} />;
  };
}
