/**
 * The page in the console's preview: the loader and the application that visitors get, on a stage. It comes with a sandbox
 * (see `server/transport/pages.ts`), so it could neither store nor send anything even if it tried.
 */
import type { WidgetSettings } from '../shared/inbox.ts';
import type { PreviewNews, PreviewScene, PreviewWish } from '../shared/preview-wish.ts';
import css from './preview.css?inline';
import { setStage, shownSettings } from './preview-stage.ts';
import { talkIn } from './preview-talk.ts';
import { directionOf } from './texts/language.ts';

interface StagedKesher {
  host: HTMLElement;
  push: (call: [name: 'preview', settings: WidgetSettings]) => void;
}

let wish: PreviewWish | null = null;

const tell = (kesherPreview: PreviewNews['kesherPreview']) => window.parent.postMessage({ kesherPreview } satisfies PreviewNews, '*');

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [sheet];

addEventListener('message', ({ data, origin, source }: MessageEvent<PreviewWish>) => {
  // Only the page around it, and only if that is one of ours.
  if (source !== window.parent || origin !== location.origin || data?.kesherPreview !== 'show') return;
  const isFirst = wish === null;
  wish = data;
  dress(data);
  if (isFirst) raise(data.scene);
  else change(shownSettings(data));
});
if (window.parent !== window) tell('ready');

/** The application may not be here yet: a launcher that stands alone fetches it when it is reached for. */
function change(settings: WidgetSettings): void {
  kesher().push(['preview', settings]);
  kesher().host?.shadowRoot?.querySelector('.launcher')?.dispatchEvent(new Event('focus'));
}

function kesher(): StagedKesher {
  return (window as unknown as { Kesher: StagedKesher }).Kesher;
}

/** The page around the widget. */
function dress({ language, theme }: PreviewWish): void {
  const root = document.documentElement;
  root.lang = language;
  root.dir = directionOf(language);
  root.dataset.theme = theme;
}

function raise(scene: PreviewScene): void {
  setStage(() => wish as PreviewWish);
  Object.assign(window, { Kesher: scene === 'launcher' ? [] : [['open']] });
  const loader = document.createElement('script');
  loader.src = new URL('/widget.js', location.href).href;
  loader.dataset.inbox = 'preview';
  document.body.append(loader);
  void watch(scene);
}

/** Waits until what the scene is about is on the screen. */
async function watch(scene: PreviewScene): Promise<void> {
  const find = (selector: string) => kesher().host?.shadowRoot?.querySelector<HTMLElement>(selector);
  await until(() => find(scene === 'launcher' ? '.launcher' : '.panel'));
  if (scene === 'form') {
    const composer = await until(() => find('.panel textarea, .panel form input'));
    if (composer instanceof HTMLTextAreaElement && wish) await write(composer, talkIn(wish.language).first);
  }
  tell('shown');
}

/** As a visitor writes and sends; what happens then is the widget's decision. */
async function write(composer: HTMLTextAreaElement, text: string): Promise<void> {
  composer.value = text;
  composer.dispatchEvent(new Event('input', { bubbles: true }));
  await nextFrame();
  composer.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  await nextFrame();
}

async function until<Found>(look: () => Found | null | undefined): Promise<Found> {
  for (;;) {
    const found = look();
    if (found) return found;
    await nextFrame();
  }
}

/** Frames stand still while nobody sees the page; the timer does not. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 16));
}
