/** Visitors in the demo shop of a house in this process, whose clock and settings a test can turn. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { InboxSettings } from '../../shared/inbox.ts';
import { en } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { he } from '../../shared/texts/he.ts';
import { heExtras } from '../../shared/texts/he-extras.ts';
import type { Person } from '../helpers/browser.ts';
import type { House } from '../helpers/house.ts';
import { expectNoViolations } from './accessible.ts';
import type { Language } from './chat-scene.ts';

const widgetTexts = { he: { ...he, ...heExtras }, en: { ...en, ...enExtras } } as const;

/** Hebrew on a phone and English at a desk, in both lights. */
export const looks = [
  { language: 'he', device: 'a phone', colorScheme: 'dark', width: 375 },
  { language: 'en', device: 'a desk', colorScheme: 'light', width: 1_280 },
] as const;

export const personOf = ({ language, colorScheme, width }: (typeof looks)[number]): Person => ({
  locale: language === 'he' ? 'he-IL' : 'en-US',
  timezoneId: 'Asia/Jerusalem',
  colorScheme,
  viewport: { width, height: 740 },
});

export async function changeSettings(house: House, settings: Partial<InboxSettings>): Promise<void> {
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });
}

export class ShopVisit {
  readonly page: Page;
  readonly url: string;
  readonly language: Language;

  constructor(page: Page, url: string, language: Language) {
    this.page = page;
    this.url = url;
    this.language = language;
  }

  get texts() {
    return widgetTexts[this.language];
  }

  get panel(): Locator {
    return this.page.getByRole('dialog');
  }

  get composer(): Locator {
    return this.panel.getByRole('textbox', { name: this.texts.compose });
  }

  get form(): Locator {
    return this.panel.locator('form.asking');
  }

  field(name: string): Locator {
    return this.form.getByRole('textbox', { name });
  }

  async enter(path = ''): Promise<void> {
    await this.page.goto(`${this.url}${this.language === 'he' ? '/demo/' : '/demo/en/'}${path}`);
  }

  async openChat(): Promise<void> {
    await this.page.getByRole('button', { name: this.texts.openChat }).click();
    await this.panel.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  bubbles(): Promise<string[]> {
    return this.panel.locator('.bubble').allInnerTexts();
  }

  /** WCAG 2.2 A and AA by axe, and nothing that has to be scrolled sideways. */
  async expectAccessible(screen: string): Promise<void> {
    await expectNoViolations(this.page, screen, 'body > div:last-child');
    const overflow = await this.panel.evaluate((panel) =>
      [panel, ...panel.querySelectorAll('.page, .scroller')].map((box) => box.scrollWidth - box.clientWidth),
    );
    expect(Math.max(...overflow), `${screen} is too wide`).toBeLessThanOrEqual(0);
  }
}
