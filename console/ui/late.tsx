import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const AGAIN_MS = 2_000;

/** A component whose code is fetched when it is first shown, and again where the network failed; nothing stands there until then. */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Late(props: Props) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (loaded) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isGone = false;
      const fetchCode = () => {
        load().then(
          (component) => {
            loaded = component;
            if (!isGone) redraw((count) => count + 1);
          },
          () => {
            if (!isGone) timer = setTimeout(fetchCode, AGAIN_MS);
          },
        );
      };
      fetchCode();
      return () => {
        isGone = true;
        clearTimeout(timer);
      };
    }, []);
    const Part = loaded;
    return Part ? <Part {...props} /> : null;
  };
}
