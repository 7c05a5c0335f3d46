import { nanoid } from 'nanoid';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { firstInboxSettings, type InboxSettings } from '../../shared/inbox.ts';
import { directionOf, type Language, languageNames } from '../../shared/language.ts';
import type { ExtraTexts } from '../../shared/texts/extra-text-keys.ts';
import { loadTexts } from '../../shared/texts/load-texts.ts';
import type { Texts } from '../../shared/texts/text-keys.ts';
import { talkIn } from '../../widget/preview-talk.ts';
import { browserTest } from '../helpers/browser.ts';
import { get, openHouse } from '../helpers/house.ts';
import { changeSettings, ShopVisit } from './shop-visit.ts';

const languages = Object.keys(languageNames) as Language[];
const preChat: InboxSettings['preChat'] = {
  ...firstInboxSettings.preChat,
  name: 'required',
  phone: 'required',
  email: 'optional',
  consent: 'optional',
  // The widget's own words are to be seen; these are of no language that it speaks here.
  consentText: { en: '…' },
};

/** In the English shop, whose inbox speaks another language. */
class VisitAbroad extends ShopVisit {
  readonly #texts: Texts & ExtraTexts;

  constructor(page: Page, url: string, texts: Texts & ExtraTexts) {
    super(page, url, 'en');
    this.#texts = texts;
  }

  override get texts(): Texts & ExtraTexts {
    return this.#texts;
  }

  /** Every word can be read: nothing is cut off, and nothing stands outside the window. */
  async expectWhole(screen: string): Promise<void> {
    await this.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
    const cut = await this.panel.evaluate((panel) => {
      const frame = panel.getBoundingClientRect();
      const shown = [...panel.querySelectorAll<HTMLElement>('button, a, label, h2, h3, p, li, select, legend, header *')].filter(
        (element) => element.checkVisibility() && !element.closest('.unseen, .questions') && element.tagName !== 'SVG',
      );
      return shown
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          const isCut = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
          return isCut || left < frame.left - 1 || right > frame.right + 1;
        })
        .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`);
    });
    expect(cut, screen).toEqual([]);
    const broken = await this.panel.evaluate((panel) => {
      const texts = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement?.closest('.bubble, .unseen, option')) continue;
        for (const { index, 0: word } of (text.textContent ?? '').matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
        }
      }
      return found;
    });
    expect(broken, `${screen}: words in two lines`).toEqual([]);
    const overflow = await this.panel.evaluate((panel) =>
      [panel, ...panel.querySelectorAll('.page, .scroller')].map((box) => box.scrollWidth - box.clientWidth),
    );
    expect(Math.max(...overflow), `${screen} is too wide`).toBeLessThanOrEqual(0);
  }
}

describe.each(languages)('in %s, on the narrowest phone', (language) => {
  browserTest('a visitor reads every word from the first screen to the end of the conversation', async ({ openPage }) => {
    const { texts: core, loadExtras } = await loadTexts(language);
    const texts = { ...core, ...(await loadExtras()) };
    const { lines, first } = talkIn(language);
    const house = await openHouse();
    await changeSettings(house, { locale: language, preChat });
    const page = await openPage({ locale: language, timezoneId: 'UTC', viewport: { width: 320, height: 568 } });
    const visit = new VisitAbroad(page, house.url, texts);
    await visit.enter();
    await visit.openChat();
    await visit.panel.getByText(texts.welcome).waitFor();
    const frame = page.locator('.kesher');
    expect([await frame.getAttribute('lang'), await frame.getAttribute('dir')]).toEqual([language, directionOf(language)]);
    await visit.expectWhole('first screen');
    const composerLines = await visit.composer.evaluate(
      (field) => field.scrollHeight / Number.parseFloat(getComputedStyle(field).lineHeight),
    );
    expect(composerLines, 'what stands in the empty composer').toBeLessThan(2.5);

    await visit.say(first);
    await visit.form.getByRole('button', { name: texts.sendMessage }).click();
    await visit.form.getByText(texts.missing).first().waitFor();
    await visit.expectWhole('form');
    await visit.field(texts.name).fill(talkIn(language).agent);
    await visit.field(texts.phone).fill('+972501234567');
    await visit.form.getByRole('button', { name: texts.sendMessage }).click();
    await visit.panel.locator('.bubble[data-state="sent"]', { hasText: first }).waitFor();

    const agent = await house.agent();
    const conversationId = agent.session.conversations[0]?.id;
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: lines[1] });
    await visit.say(lines[2]);
    await expect.poll(() => visit.bubbles()).toEqual([first, lines[1], lines[2]]);
    await visit.panel.locator('.bubble[data-state="sent"]', { hasText: lines[2] }).waitFor();
    await visit.panel.getByText(texts.sent, { exact: true }).first().waitFor();
    await visit.expectWhole('conversation');
    if (language === 'ar') await visit.expectAccessible('conversation');

    await visit.panel.getByRole('button', { name: texts.more }).click();
    await visit.panel.getByRole('menuitem', { name: texts.callback }).waitFor();
    await visit.expectWhole('menu');
    await visit.panel.getByRole('menuitem', { name: texts.callback }).click();
    await visit.panel.getByRole('button', { name: texts.callbackSubmit }).waitFor();
    await visit.expectWhole('callback');
    if (language === 'ar') await visit.expectAccessible('callback');
    await visit.panel.getByRole('button', { name: texts.back }).first().click();

    await get(agent.socket, 'conversation:resolve', { conversationId });
    await visit.panel.getByText(texts.ratingAsk).waitFor();
    await visit.expectWhole('ended');
    if (language === 'ar') await visit.expectAccessible('ended');
  });
});
