import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const adopted = new Set<string>();

/** A style sheet of the shadow root's own; the page's policy on styles does not concern it. */
export function adoptStyle(root: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}

/** Adds the rules of a part that was fetched by itself to the shadow root in which it stands, before it is painted. */
export function useStyle(place: RefObject<HTMLElement | null>, css: string): void {
  useLayoutEffect(() => {
    const root = place.current?.getRootNode();
    if (!(root instanceof ShadowRoot) || adopted.has(css)) return;
    adoptStyle(root, css);
    adopted.add(css);
  }, []);
}
