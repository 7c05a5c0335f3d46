import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const adopted = new Set<string>();

/** Adds the rules of a part that was fetched by itself to the shadow root in which it stands, before it is painted. */
export function useStyle(place: RefObject<HTMLElement | null>, css: string): void {
  useLayoutEffect(() => {
    const root = place.current?.getRootNode();
    if (!(root instanceof ShadowRoot) || adopted.has(css)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
    adopted.add(css);
  }, []);
}
