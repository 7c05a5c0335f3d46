import { signal } from '@preact/signals-core';

/** Where the panel covers the page: phones, and windows too low for it to stand in. The same condition as in panel.css. */
const FULL_SCREEN = '(max-width: 480px), (max-height: 480px)';

/**
 * Keeps the panel in the part of the page that can be seen: the keyboard of a phone covers the page without making it
 * smaller, so the frame is told what is left.
 */
export function watchFullScreen(frame: HTMLElement) {
  const query = matchMedia(FULL_SCREEN);
  const isFullScreen = signal(query.matches);
  query.addEventListener('change', () => {
    isFullScreen.value = query.matches;
  });

  const viewport = window.visualViewport;
  const measure = () => {
    if (!viewport) return;
    // A visitor who has zoomed in sees a part of the panel, as of everything else.
    const isPinched = viewport.scale > 1.05;
    frame.style.setProperty('--k-top', isPinched ? '0px' : `${viewport.offsetTop}px`);
    frame.style.setProperty('--k-height', isPinched ? '100dvh' : `${viewport.height}px`);
  };
  viewport?.addEventListener('resize', measure);
  viewport?.addEventListener('scroll', measure);
  measure();
  return isFullScreen;
}
