/** Runs in a page before anything else does, as it stands here: what the page's own clock and observers see. */
const eyes = {
  /** @type {number[]} */
  long: [],
  shift: 0,
  clickedAt: 0,
  focusedAt: 0,
  restoredAt: 0,
};

/** @param {Document | ShadowRoot} root @returns {number} */
function countElements(root) {
  const all = [...root.querySelectorAll('*')];
  return all.reduce((total, { shadowRoot }) => total + (shadowRoot ? countElements(shadowRoot) : 0), all.length);
}

Object.assign(window, { eyes, countElements });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) eyes.long.push(duration);
}).observe({ type: 'longtask', buffered: true });
new PerformanceObserver((list) => {
  // As CLS is defined: what follows a person's own click or key is no shift.
  for (const entry of /** @type {(PerformanceEntry & { value: number, hadRecentInput: boolean })[]} */ (list.getEntries())) {
    if (!entry.hadRecentInput) eyes.shift += entry.value;
  }
}).observe({ type: 'layout-shift', buffered: true });
const shadow = () => [...document.querySelectorAll('body > *')].find((element) => element.shadowRoot)?.shadowRoot;
addEventListener(
  'click',
  ({ timeStamp }) => {
    eyes.clickedAt ||= timeStamp;
    // A focus that moves within a shadow root is not told outside it.
    shadow()?.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLTextAreaElement) eyes.focusedAt ||= performance.now();
    });
  },
  { capture: true },
);
requestAnimationFrame(function look() {
  if (shadow()?.querySelector('.panel .bubble')) eyes.restoredAt = performance.now();
  else requestAnimationFrame(look);
});
