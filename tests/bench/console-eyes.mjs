/** Runs in the console's page before anything else does, as it stands here: when something was drawn, by the page's own clock. */
const QUIET_MS = 400;

const desk = {
  /** @type {number[]} */
  frames: [],
  /** @type {{ delay: number, drawn: number }[]} */
  keys: [],
  isWatching: false,

  /**
   * How long it takes from `act` until the last thing that it brought into the document is on the screen.
   * @param {() => void} act
   */
  async settle(act) {
    const startedAt = performance.now();
    let lastAt = startedAt;
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ type, addedNodes }) => type === 'childList' && addedNodes.length > 0)) lastAt = performance.now();
    });
    observer.observe(document.body, { subtree: true, childList: true });
    act();
    while (performance.now() - lastAt < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 20));
    observer.disconnect();
    return lastAt - startedAt;
  },

  /** @param {string} selector */
  click(selector) {
    return desk.settle(() => /** @type {HTMLElement} */ (document.querySelector(selector)).click());
  },

  watchFrames() {
    desk.frames = [];
    desk.isWatching = true;
    let last = performance.now();
    requestAnimationFrame(function next(now) {
      desk.frames.push(now - last);
      last = now;
      if (desk.isWatching) requestAnimationFrame(next);
    });
  },
};

Object.assign(window, { desk });
addEventListener(
  'keydown',
  ({ timeStamp }) => {
    const delay = performance.now() - timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => desk.keys.push({ delay, drawn: performance.now() - timeStamp });
      channel.port2.postMessage(null);
    });
  },
  { capture: true },
);
