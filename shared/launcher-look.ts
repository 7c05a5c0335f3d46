import { accentOn, foregroundOn } from './accent.ts';
import type { InboxSettings, Launcher } from './inbox.ts';

/** Filled drawings of 24 × 24, even-odd. */
const icons: Record<Launcher['icon'], string> = {
  chat: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z',
  question: 'M7.9 20A9 9 0 1 0 4 16.1L2 22ZM8.8 9.2a3.2 3.2 0 1 1 4.2 3v1.3h-2v-2.8l.8-.3a1.2 1.2 0 1 0-1-1.2ZM11 15h2v2h-2Z',
  wave: 'M5 7a1.2 1.2 0 0 1 2.4 0v5h.6V4.5a1.2 1.2 0 0 1 2.4 0V12h.6V3.2a1.2 1.2 0 0 1 2.4 0V12h.6V4.7a1.2 1.2 0 0 1 2.4 0v8.5l1.7-2.2a1.4 1.4 0 0 1 2.3 1.6l-3.6 6.2A6.6 6.6 0 0 1 5 15.5Z',
  headset: 'M3 13a9 9 0 0 1 18 0v5a3 3 0 0 1-3 3h-5v-2h5a1 1 0 0 0 1-1h-3v-6h3a7 7 0 0 0-14 0h3v6H5a2 2 0 0 1-2-2Z',
};

const edges: Record<Launcher['side'], string> = { start: 'inset-inline-start', end: 'inset-inline-end', left: 'left', right: 'right' };
/** From which corner the panel grows: in a language from left to right, and in one from right to left. */
const corners: Record<Launcher['side'], readonly [ltr: string, rtl: string]> = {
  start: ['0', '100%'],
  end: ['100%', '0'],
  left: ['0', '0'],
  right: ['100%', '100%'],
};

/** The surfaces of panel.css on which the accent is read as text. */
const LIGHT = '#ffffff';
const DARK = '#17191e';

/** What surrounds the launcher must not reach it: `all` ends what the page says, and `!important` inside wins over the page's. */
const shape = `
:host{all:initial!important;position:fixed!important;z-index:2147483647!important}
.launcher{position:fixed;bottom:var(--k-y);display:flex;gap:8px;padding:16px;border:0;border-radius:28px;background:var(--k-accent);box-shadow:0 4px 20px #0004;color:var(--k-on-accent);font:600 15px/24px system-ui,sans-serif;cursor:pointer}
.launcher::before{content:'';width:24px;height:24px;background:currentColor;forced-color-adjust:none}
.hide .launcher{display:none}`;

/**
 * The rules by which an inbox's launcher looks as its administrators wish, and the colours of the panel. The server sends them with the settings, so that
 * the loader carries neither icons nor choices. What belongs to the launcher keeps to its side: `--k-shift` moves it along.
 */
export function launcherLook({ accent, launcher }: Pick<InboxSettings, 'accent' | 'launcher'>): string {
  const { icon, side, offsetInline, offsetBlock } = launcher;
  // On a narrow screen a large distance would push the launcher out of sight.
  const [ltr, rtl] = corners[side];
  const place = `--k-ltr:${ltr};--k-rtl:${rtl};--k-x:min(${offsetInline}px,40vw);--k-y:min(${offsetBlock}px,60vh)`;
  const colours = `--k-accent:${accent};--k-on-accent:${foregroundOn(accent)}`;
  const texts = `--k-accent-on-light:${accentOn(accent, LIGHT)};--k-accent-on-dark:${accentOn(accent, DARK)}`;
  return `${shape}
:host{${colours};${texts};${place}}
:where(.launcher,.badge,.panel,.invitation){${edges[side]}:calc(var(--k-x) + var(--k-shift,0px))}
.launcher::before{clip-path:path(evenodd,'${icons[icon]}')}`;
}
