import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { findChromium, findLightChromium } from '../../.ci/chromium.mjs';

// Without the background flags Chromium calls Google at every start, which a closed network refuses many times over.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A whole browser, as people have it, or what is lighter to run: only pages, without what a browser keeps around them (its back/forward cache, too). */
export async function launchBrowser({
  isWhole = true,
  ...options
}: Pick<LaunchOptions, 'ignoreDefaultArgs'> & { isWhole?: boolean } = {}): Promise<Browser> {
  const executablePath = isWhole ? findChromium() : findLightChromium();
  if (!executablePath) throw new Error('There is no Chromium here: `npm test` brings one.');
  return chromium.launch({ executablePath, args: flags, ...options });
}
