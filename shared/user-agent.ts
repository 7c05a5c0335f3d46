import type { LiveDevice } from './live-visitor.ts';

/** Order matters: each of these also claims to be those below it. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** "Chrome · Windows" from a User-Agent header, or null for a program that says nothing known. */
export function describeBrowser(userAgent: string): string | null {
  const { browser, system } = describeDevice(userAgent);
  return [browser, system].filter(Boolean).join(' · ') || null;
}

/** Roughly: what browsers say of themselves is mostly history. */
export function describeDevice(userAgent: string): LiveDevice {
  const [browser = null, system = null] = [browsers, systems].map((list) => list.find(([mark]) => mark.test(userAgent))?.[1]);
  const isTablet = /iPad|Tablet/.test(userAgent) || (/Android/.test(userAgent) && !/Mobile/.test(userAgent));
  const kind = isTablet ? 'tablet' : /Mobi|iPhone|Android/.test(userAgent) ? 'phone' : 'computer';
  return { kind, browser, system };
}

/** Programs that say so; those that do not are not told from people by this. */
export function isProgram(userAgent: string): boolean {
  return /bot\b|crawl|spider|slurp|lighthouse|preview/i.test(userAgent);
}
