import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { findChromium } from '../../.ci/chromium.mjs';

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

export async function launchBrowser(options: Pick<LaunchOptions, 'ignoreDefaultArgs'> = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium here: `npm test` brings one.');
  return chromium.launch({ executablePath, args: flags, ...options });
}
