/** A visitor in the demo shop and an agent at the console, each in a browser of their own behind a network of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enAdvice } from '../../console/texts/en-advice.ts';
import { enContacts } from '../../console/texts/en-contacts.ts';
import { enSettings } from '../../console/texts/en-settings.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heAdvice } from '../../console/texts/he-advice.ts';
import { heContacts } from '../../console/texts/he-contacts.ts';
import { heSettings } from '../../console/texts/he-settings.ts';
import { en as widgetEnglish } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { he as widgetHebrew } from '../../shared/texts/he.ts';
import { heExtras } from '../../shared/texts/he-extras.ts';
import { Line } from '../chaos/line.ts';
import { SETUP_CODE, ServedKesher } from '../chaos/served-kesher.ts';
import type { Person } from '../helpers/browser.ts';

export type Language = 'he' | 'en';
type OpenPage = (person?: Person) => Promise<Page>;

const locales = { he: 'he-IL', en: 'en-US' } as const;
const demoPages = { he: '/demo/', en: '/demo/en/' } as const;
const consoleTexts = {
  he: { ...consoleHebrew, ...heContacts, ...heSettings, ...heAdvice },
  en: { ...consoleEnglish, ...enContacts, ...enSettings, ...enAdvice },
} as const;
const widgetTexts = { he: { ...widgetHebrew, ...heExtras }, en: { ...widgetEnglish, ...enExtras } } as const;

/** What one side sees of the conversation, in the order on the screen. */
export type Lines = { id: string; text: string; isSending: boolean }[];

export interface Scene {
  server: ServedKesher;
  visitor: VisitorInShop;
  agent: AgentAtConsole;
}

/** The built product, freshly installed; the administrator comes in through the setup link. */
export async function openScene(
  openPage: OpenPage,
  language: Language,
  { environment = {}, ...person }: Person & { environment?: Record<string, string> } = {},
): Promise<Scene> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-journey-'));
  const server = await ServedKesher.prepare({ dist: path.resolve('dist'), dataDir, environment });
  await server.start();
  const lines = await Promise.all([openLine(server), openLine(server)]);
  onTestFinished(async () => {
    for (const line of lines) line.close();
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  const [visitorLine, agentLine] = lines;
  const agent = new AgentAtConsole(await openPage({ locale: locales[language] }), agentLine, language);
  await agent.setUp();
  const visitor = new VisitorInShop(await openPage({ locale: locales[language], ...person }), visitorLine, language);
  await visitor.enterShop();
  return { server, visitor, agent };
}

function openLine(server: ServedKesher): Promise<Line> {
  return Line.open(server.port);
}

/** Both see the same, and nothing is on its way. */
export async function expectSameTranscript(visitor: VisitorInShop, agent: AgentAtConsole, texts: readonly string[]): Promise<void> {
  await expect.poll(() => visitor.lines(), { timeout: 40_000 }).toMatchObject(texts.map((text) => ({ text, isSending: false })));
  await expect.poll(() => agent.lines(), { timeout: 40_000 }).toEqual(await visitor.lines());
}

export class VisitorInShop {
  page: Page;
  readonly line: Line;
  readonly language: Language;

  constructor(page: Page, line: Line, language: Language) {
    this.page = page;
    this.line = line;
    this.language = language;
  }

  get texts() {
    return widgetTexts[this.language];
  }

  async enterShop(): Promise<void> {
    await this.page.goto(this.line.url + demoPages[this.language]);
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: this.texts.openChat });
  }

  get panel(): Locator {
    return this.page.getByRole('dialog');
  }

  get composer(): Locator {
    return this.panel.getByRole('textbox', { name: this.texts.compose });
  }

  async openChat(): Promise<void> {
    await this.launcher.click();
    await expect.poll(() => this.composer.isVisible()).toBe(true);
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Another page of the shop, by its own navigation. */
  async goOn(): Promise<void> {
    await Promise.all([
      this.page.waitForURL(/product|delivery/),
      this.page.locator('nav a[href*="delivery"], a[href*="delivery"]').first().click(),
    ]);
  }

  lines(): Promise<Lines> {
    return this.panel.locator('[data-message]').evaluateAll((rows) =>
      rows.map((row) => {
        const bubble = row.querySelector('.bubble') as HTMLElement;
        return { id: row.getAttribute('data-message') ?? '', text: bubble.innerText, isSending: bubble.dataset.state === 'sending' };
      }),
    );
  }

  /** The quiet mark under the last own words: sending, sent, read. */
  get mark(): Locator {
    return this.panel.locator('.mark').last();
  }
}

export class AgentAtConsole {
  readonly page: Page;
  readonly line: Line;
  readonly language: Language;

  constructor(page: Page, line: Line, language: Language) {
    this.page = page;
    this.line = line;
    this.language = language;
  }

  /** A text of the console that has no plural forms. */
  text(key: keyof typeof consoleTexts.en): string {
    return consoleTexts[this.language][key] as string;
  }

  async setUp(): Promise<void> {
    const { page } = this;
    await page.goto(`${this.line.url}/console/setup?code=${SETUP_CODE}`);
    await page.getByLabel(this.text('setup.business')).fill('חנות העציצים');
    await page.getByLabel(this.text('setup.name')).fill('Dana');
    await page.getByLabel(this.text('signIn.email')).fill('dana@shop.example');
    await page.getByLabel(this.text('signIn.password')).fill('correct horse battery');
    await page.getByRole('button', { name: this.text('setup.submit') }).click();
    await page.waitForURL(/\/console\/(?!setup)/);
  }

  /** The rows of the list, whoever waits longest first. */
  get rows(): Locator {
    return this.page.locator('[data-conversation]');
  }

  async showAll(): Promise<void> {
    await this.page.getByRole('link', { name: this.text('view.open') }).click();
  }

  async openFirst(): Promise<void> {
    await this.showAll();
    await this.rows.first().click();
    await expect.poll(() => this.composer.isVisible()).toBe(true);
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: this.text('composer.replyLabel') });
  }

  get file(): Locator {
    return this.page.getByRole('complementary', { name: this.text('contact.file') });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  lines(): Promise<Lines> {
    return this.page.locator('main li[data-message], main li[data-pending]').evaluateAll((rows) =>
      rows.map((row) => {
        const bubble = row.querySelector('[class*="bubble"]') as HTMLElement;
        return {
          id: row.getAttribute('data-message') ?? row.getAttribute('data-pending') ?? '',
          text: bubble.innerText,
          isSending: row.hasAttribute('data-pending'),
        };
      }),
    );
  }
}
