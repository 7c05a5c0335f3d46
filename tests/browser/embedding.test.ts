import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { browserTest } from '../helpers/browser.ts';
import { launchBrowser } from '../helpers/chromium.ts';
import { ForeignSite } from '../helpers/foreign-site.ts';
import { type House, openHouse } from '../helpers/house.ts';

/** A page as sites have them, with room to scroll. */
const page = (head: string, body = '', html = '<html lang="en">') =>
  `<!doctype html>${html}<head><meta charset="utf-8"><title>Shop</title>${head}</head><body><h1>Mugs</h1><a href="/next">Next</a>${body}</body></html>`;

async function openSite() {
  const [house, site] = [await openHouse(), await ForeignSite.open()];
  const line = `<script async src="${house.url}/widget.js" data-inbox="${house.inbox.key}"></script>`;
  return { house, site, line };
}

/** From the click until the message is on the server. */
async function chat(visited: Page, text: string): Promise<void> {
  const panel = visited.getByRole('dialog');
  await visited.locator('button.launcher').click();
  await panel.getByRole('textbox').fill(text);
  await panel.getByRole('textbox').press('Enter');
  await panel.locator('.mark[data-state="sent"]').waitFor();
  expect(await panel.locator('.bubble').last().innerText()).toBe(text);
}

async function lastMessages(house: House): Promise<(string | undefined)[]> {
  const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
  return items.map(({ lastMessage }) => lastMessage?.text);
}

/** Is heard before any policy can forbid the listening. */
async function hearViolations(visited: Page): Promise<() => Promise<string[]>> {
  await visited.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { violations: heard });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      heard.push(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  return () => visited.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

const socketOf = (url: string) => url.replace('http', 'ws');
const policies: [name: string, policy: (server: string) => string][] = [
  [
    'lists our address and nothing else',
    (server) => `default-src 'none'; script-src ${server}; connect-src ${server} ${socketOf(server)}; img-src ${server}`,
  ],
  [
    'trusts one script by its nonce, and what that one fetches',
    (server) =>
      `default-src 'none'; script-src 'nonce-shop' 'strict-dynamic'; connect-src ${server} ${socketOf(server)}; img-src ${server}`,
  ],
  [
    'demands Trusted Types',
    (server) =>
      `default-src 'none'; script-src ${server}; connect-src ${server} ${socketOf(server)}; img-src ${server}; require-trusted-types-for 'script'; trusted-types 'none'`,
  ],
];

describe.each(policies)('under a content security policy that %s', (_name, policy) => {
  browserTest('a visitor chats, and nothing is reported', async ({ openPage }) => {
    const { house, site } = await openSite();
    const csp = policy(house.url);
    const url = site.put('/', {
      html: page(`<script async nonce="shop" src="${house.url}/widget.js" data-inbox="${house.inbox.key}"></script>`),
      headers: { 'Content-Security-Policy': csp, 'Content-Security-Policy-Report-Only': csp },
    });
    const visited = await openPage();
    const violations = await hearViolations(visited);
    await visited.goto(url);
    await chat(visited, 'see https://track.example/1');
    await visited.getByRole('link', { name: 'https://track.example/1' }).waitFor();
    await visited.getByRole('button', { name: 'Your details' }).click();
    await visited.getByRole('textbox', { name: 'Phone' }).waitFor();
    expect(await visited.locator('.panel').evaluate((panel) => getComputedStyle(panel).position)).toBe('fixed');
    expect(await violations()).toEqual([]);
  });
});

describe('brought by', () => {
  browserTest(
    'a tag manager, with the key in the address, in the settings or in data attributes, a visitor chats',
    async ({ openPage }) => {
      const { house, site } = await openSite();
      const { url: server } = house;
      const { key } = house.inbox;
      const inject = (say: string) =>
        page(`<script>setTimeout(() => { const tag = document.createElement('script'); ${say}; document.head.append(tag); }, 50)</script>`);
      const ways = {
        address: inject(`tag.src = '${server}/widget.js?inbox=${key}'`),
        settings: inject(`window.KesherSettings = { inbox: '${key}', locale: 'he' }; tag.src = '${server}/widget.js'`),
        attributes: inject(`tag.src = '${server}/widget.js'; tag.dataset.inbox = '${key}'; tag.dataset.locale = 'he-IL'`),
        // `document.currentScript` is null in a module.
        module: inject(`tag.type = 'module'; tag.src = '${server}/widget.js?inbox=${key}&v=2'`),
      };
      const visited = await openPage();
      for (const [way, html] of Object.entries(ways)) {
        await visited.goto(site.put(`/${way}`, { html }));
        const isHebrew = way === 'settings' || way === 'attributes';
        const launcher = visited.getByRole('button', { name: isHebrew ? 'פתיחת הצ׳אט' : 'Open chat' });
        await launcher.waitFor();
        expect(await launcher.evaluate((button) => getComputedStyle(button).direction), way).toBe(isHebrew ? 'rtl' : 'ltr');
      }
      await chat(visited, 'by a tag manager');
      expect(await lastMessages(house)).toEqual(['by a tag manager']);
    },
  );

  browserTest('a module of the site, it answers to a typed object that waits for the application', async ({ openPage }) => {
    const { house, site } = await openSite();
    const load = `import { loadKesher } from '${house.url}/widget/kesher.js';
      const heard = window.heard = [];
      const settings = { server: '${house.url}', inbox: '${house.inbox.key}' };
      const [kesher, again] = await Promise.all([loadKesher(settings), loadKesher(settings)]);
      window.isSame = kesher === again && kesher === window.Kesher;
      kesher.on('ready', () => heard.push('ready'));
      kesher.on('open', () => heard.push('open'));
      kesher.on('message', ({ text }) => heard.push(text));
      document.querySelector('h1').onclick = () => kesher.send('from a button of the site');`;
    const visited = await openPage();
    await visited.goto(site.put('/', { html: page(`<script type="module">${load}</script>`) }));
    await visited.locator('button.launcher').waitFor();
    expect(await visited.evaluate(() => [Reflect.get(window, 'isSame'), Reflect.get(window, 'heard')])).toEqual([true, []]);
    expect(await visited.locator('button.launcher').count()).toBe(1);
    await visited.locator('h1').click();
    await expect.poll(() => lastMessages(house)).toEqual(['from a button of the site']);
    expect(await visited.getByRole('dialog').count()).toBe(0);
    await visited.evaluate(() => (Reflect.get(window, 'Kesher') as { open(): void }).open());
    await visited.getByRole('dialog').waitFor();
    await expect.poll(() => visited.evaluate(() => Reflect.get(window, 'heard'))).toEqual(['ready', 'open']);
  });

  test('an import into a typed site, its mistakes are found before it runs', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kesher-typed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const site = path.join(folder, 'site.ts');
    const tsc = async (text: string) => {
      await writeFile(site, `import { loadKesher, type KesherApi } from '${path.resolve('dist/npm/index.js')}';\n${text}`);
      const options = [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--module',
        'esnext',
        '--moduleResolution',
        'bundler',
        '--lib',
        'es2022,dom',
      ];
      return new Promise<string>((resolve) => {
        execFile(process.execPath, ['node_modules/typescript/bin/tsc', ...options, site], (_error, said) => resolve(said));
      });
    };
    const right = `const kesher: KesherApi = await loadKesher({ server: 'https://chat.example', inbox: 'x' });
      kesher.on('message', ({ text, author }) => text.concat(author ?? '')); kesher.on('unread', (count) => count.toFixed());
      kesher.track('Paid', { total: 7 });`;
    expect(await tsc(right)).toBe('');
    expect(await tsc(`${right}\nkesher.on('opened', () => {}); kesher.identify({ name: 7 });`)).toMatch(/opened.*number/s);
  });

  test('an import on a server, nothing happens until it is asked for', async () => {
    const { loadKesher } = await import(path.resolve('dist/npm/index.js'));
    await expect(loadKesher({ server: 'https://chat.example', inbox: 'x' })).rejects.toThrow('in the browser');
    const manifest = JSON.parse(await readFile('dist/npm/package.json', 'utf8'));
    expect(manifest).toMatchObject({ name: 'kesher-widget', type: 'module', sideEffects: false, types: './index.d.ts' });
    expect(await readFile('dist/npm/index.d.ts', 'utf8')).not.toMatch(/^import|from '\./m);
  });

  browserTest('mistake twice, by tag and by tag manager, it is there once', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const again = `<script>for (let n = 0; n < 2; n += 1) setTimeout(() => { const tag = document.createElement('script'); tag.src = '${house.url}/widget.js?inbox=${house.inbox.key}'; document.body.append(tag); }, n * 300)</script>`;
    const visited = await openPage();
    const count = `<script>window.runs = 0; document.addEventListener('load', ({ target }) => { if (target.src) window.runs += 1; }, true)</script>`;
    await visited.goto(site.put('/', { html: page(count + line + line, again) }));
    await expect.poll(() => visited.evaluate(() => Reflect.get(window, 'runs')), { timeout: 10_000 }).toBe(4);
    await chat(visited, 'once');
    expect(await visited.locator('button.launcher').count()).toBe(1);
    expect(await lastMessages(house)).toEqual(['once']);
  });
});

/** What lives on other people's pages, each with what it breaks in scripts that do not expect it. */
const surroundings: [name: string, head: string, body?: string, html?: string][] = [
  [
    'styles that reach for everything',
    `<style>* { all: unset !important; display: none !important; direction: rtl !important; font-size: 50px !important }
     div:empty { display: none !important } html, head, body, h1 { display: block !important }
     .cover { display: block !important; position: fixed !important; inset: 0 !important; z-index: 99999999 !important; background: #fffc !important }</style>`,
    '<div class="cover"></div>',
  ],
  [
    'Prototype.js and MooTools',
    `<script>
      Array.prototype.toJSON = function () { return '[' + this.map((one) => JSON.stringify(one)).join(', ') + ']'; };
      Array.prototype.entries = Array.prototype.toArray = function () { return this.slice(); };
      Array.prototype.each = Array.prototype.forEach; Array.prototype.first = function () { return this[0]; };
      Array.prototype.reverse = (function (reverse) { return function (isInline) { return reverse.call(isInline === false ? this.slice() : this); }; })(Array.prototype.reverse);
      Array.from = function (item) { return item == null ? [] : typeof item !== 'string' && typeof item.length === 'number' ? [].slice.call(item) : [item]; };
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Function.prototype.bind = function (self) { var call = this, bound = [].slice.call(arguments, 1); return function () { return call.apply(self, bound.concat([].slice.call(arguments))); }; };
      Object.prototype.forEachOwn = function () {};
      Element.prototype.hide = Element.prototype.show = Element.prototype.toggle = function () { return this; };
      window.$ = window.$$ = function () { return null; };
    </script>`,
  ],
  [
    'polyfills in place of the language',
    `<script>
      var stringify = JSON.stringify, parse = JSON.parse;
      window.JSON = { stringify: function (value) { return stringify(value); }, parse: function (text) { return parse(text); } };
      Object.entries = function (object) { var entries = []; for (var key in object) entries.push([key, object[key]]); return entries; };
      Object.assign = function (target) { for (var at = 1; at < arguments.length; at += 1) for (var key in arguments[at]) target[key] = arguments[at][key]; return target; };
      var Native = Promise; window.Promise = function (work) { var inner = new Native(work); this.then = inner.then.bind(inner); this.catch = inner.catch.bind(inner); this.finally = inner.finally.bind(inner); };
      Promise.all = function (all) { return new Promise(function (resolve, reject) { Native.all(all).then(resolve, reject); }); };
      Promise.resolve = function (value) { return new Promise(function (resolve) { resolve(value); }); };
      Promise.reject = function (why) { return Native.reject(why); }; Promise.race = Native.race.bind(Native);
    </script>`,
  ],
  [
    'bundlers’ and loaders’ names',
    `<script>
      window.process = { env: {} }; window.global = window; window.module = { exports: {} }; window.exports = window.module.exports;
      window.require = function () { throw new Error('was required'); };
      window.define = function () { throw new Error('was defined'); }; window.define.amd = {};
    </script>`,
  ],
  ['a page from right to left and an English widget', '', '', '<html lang="en" dir="rtl">'],
  ['a Hebrew widget on a page from left to right', '<style>body { text-align: left }</style>', '', '<html lang="he" dir="ltr">'],
];

describe.each(surroundings)('among %s', (name, head, body = '', html = '<html lang="en">') => {
  browserTest('a visitor chats as anywhere else', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const visited = await openPage();
    await visited.goto(site.put('/', { html: page(head + line, body, html) }));
    await chat(visited, 'שלום, order 7');
    expect(await lastMessages(house)).toEqual(['שלום, order 7']);
    const agent = await house.agent();
    const [conversation] = agent.session.conversations;
    await agent.socket.emitWithAck('message:post', { id: 'a'.repeat(21), conversationId: conversation?.id, text: 'Tomorrow' });
    await visited.getByRole('dialog').getByText('Tomorrow', { exact: true }).first().waitFor();

    const isHebrew = name.includes('Hebrew');
    const launcher = await visited.locator('button.launcher').evaluate((button: HTMLElement) => {
      return { size: [button.offsetWidth, button.offsetHeight], left: button.offsetLeft };
    });
    expect(launcher).toEqual({ size: [56, 56], left: isHebrew ? 20 : 1_280 - 76 });
    const style = await visited.locator('.panel').evaluate((panel) => {
      const { direction, fontSize, display } = getComputedStyle(panel);
      return { direction, fontSize, display };
    });
    expect(style).toEqual({ direction: isHebrew ? 'rtl' : 'ltr', fontSize: '14px', display: 'flex' });

    // What was said is there on the next page, and the next message goes.
    await visited.reload();
    await visited.getByRole('dialog').getByText('Tomorrow', { exact: true }).first().waitFor();
    await visited.getByRole('dialog').getByRole('textbox').fill('Thanks');
    await visited.getByRole('dialog').getByRole('textbox').press('Enter');
    await expect.poll(() => lastMessages(house)).toEqual(['Thanks']);
  });
});

describe('in a place of its own kind', () => {
  browserTest('a page in quirks mode looks and works the same', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const visited = await openPage();
    await visited.goto(site.put('/', { html: page(line).replace('<!doctype html>', '') }));
    expect(await visited.evaluate(() => document.compatMode)).toBe('BackCompat');
    await chat(visited, 'quirky');
    expect(await lastMessages(house)).toEqual(['quirky']);
    await expect.poll(async () => (await visited.locator('.panel').boundingBox())?.width).toBe(380);
  });

  browserTest(
    'an application that replaces its body and pushes addresses keeps the panel and what is being written',
    async ({ openPage }) => {
      const { house, site, line } = await openSite();
      const visited = await openPage();
      await visited.goto(site.put('/', { html: page(line) }));
      await chat(visited, 'first');
      await visited.getByRole('dialog').getByRole('textbox').fill('half a sent');
      await visited.evaluate(() => {
        const body = document.createElement('body');
        body.append(Object.assign(document.createElement('h1'), { textContent: 'Plates' }));
        document.body.replaceWith(body);
        history.pushState({}, '', '/plates');
      });
      await expect.poll(() => visited.getByRole('dialog').isVisible()).toBe(true);
      expect(await visited.getByRole('dialog').getByRole('textbox').inputValue()).toBe('half a sent');
      await visited.getByRole('dialog').getByRole('textbox').press('Enter');
      await expect.poll(() => lastMessages(house)).toEqual(['half a sent']);
    },
  );

  browserTest('a sandboxed frame without any storage, and a page whose storage throws, chat all the same', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const visited = await openPage();
    site.put('/inner', { html: page(line) });
    await visited.goto(
      site.put('/', { html: page('', '<iframe sandbox="allow-scripts" src="/inner" width="600" height="700"></iframe>') }),
    );
    const frame = visited.frameLocator('iframe');
    await frame.locator('button.launcher').click();
    await frame.getByRole('dialog').getByRole('textbox').fill('from a sandbox');
    await frame.getByRole('dialog').getByRole('textbox').press('Enter');
    await frame.locator('.mark[data-state="sent"]').waitFor();

    const block = `<script>for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } })</script>`;
    await visited.goto(site.put('/blocked', { html: page(block + line) }));
    await chat(visited, 'without a storage');
    expect((await lastMessages(house)).sort()).toEqual(['from a sandbox', 'without a storage']);
  });

  test('a page that comes back from the back/forward cache is connected again and shows what was missed', async () => {
    const { house, site, line } = await openSite();
    const browser = await launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    try {
      const visited = await browser.newPage({ locale: 'en-US' });
      await visited.addInitScript(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { isRestored: persisted })));
      site.put('/next', { html: page('') });
      await visited.goto(site.put('/', { html: page(line) }));
      await chat(visited, 'before');
      const { socket, session } = await house.agent();
      await visited.getByRole('link', { name: 'Next' }).click();
      await visited.waitForURL('**/next');
      const conversationId = session.conversations[0]?.id;
      await socket.emitWithAck('message:post', { id: 'b'.repeat(21), conversationId, text: 'while you were away' });
      await visited.evaluate(() => history.back());
      await visited.getByRole('dialog').getByText('while you were away', { exact: true }).first().waitFor();
      expect(await visited.evaluate(() => Reflect.get(window, 'isRestored'))).toBe(true);
      await visited.getByRole('dialog').getByRole('textbox').fill('after');
      await visited.getByRole('dialog').getByRole('textbox').press('Enter');
      await expect.poll(() => lastMessages(house)).toEqual(['after']);
    } finally {
      await browser.close();
    }
  });
});

describe('before anybody opens it', () => {
  browserTest('it costs two requests, ten elements at most, no cookie and nothing stored', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const visited = await openPage();
    const asked: string[] = [];
    visited.on('request', (request) => {
      if (request.url().startsWith(house.url)) asked.push(new URL(request.url()).pathname);
    });
    const elements = () => visited.evaluate(() => document.querySelectorAll('*').length);
    await visited.goto(site.put('/bare', { html: page('') }));
    const bare = await elements();
    await visited.goto(site.put('/', { html: page(line) }));
    await visited.locator('button.launcher').waitFor();
    await visited.waitForLoadState('networkidle');
    expect(asked).toEqual(['/widget.js', `/api/widget/${house.inbox.key}`]);
    // The line itself, the widget's element, and what is in its shadow.
    const inside = await visited.evaluate(() => document.body.lastElementChild?.shadowRoot?.querySelectorAll('*').length ?? 99);
    expect((await elements()) - bare + inside).toBeLessThanOrEqual(10);
    expect(await visited.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, '']);
    expect(await visited.context().cookies()).toEqual([]);
    const loader = (await readdir('dist/widget')).filter((file) => file === 'widget.js.br');
    expect((await readFile(path.join('dist/widget', String(loader[0])))).length).toBeLessThanOrEqual(1_000);
  });

  browserTest('whoever reaches for it, by mouse, by finger or by keyboard, has it fetched before the click', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const url = site.put('/', { html: page(line) });
    const ways: ((visited: Page) => Promise<unknown>)[] = [
      (visited) => visited.locator('button.launcher').hover(),
      (visited) => visited.keyboard.press('Tab').then(() => visited.keyboard.press('Tab')),
      async (visited) => {
        // A finger that comes down and has not been lifted yet.
        const wire = await visited.context().newCDPSession(visited);
        await wire.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 1_280 - 48, y: 800 - 48 }] });
      },
    ];
    for (const reach of ways) {
      const visited = await openPage({ hasTouch: true });
      await visited.goto(url);
      await visited.locator('button.launcher').waitFor();
      const [request] = await Promise.all([visited.waitForRequest(/\/widget\/app-/), reach(visited)]);
      expect(request.url().startsWith(house.url)).toBe(true);
      expect(await visited.getByRole('dialog').count()).toBe(0);
      expect(await visited.evaluate(() => localStorage.length)).toBe(0);
    }
  });

  browserTest('the launcher stands, and looks, as the inbox says, and the panel keeps to its side', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const text = { he: 'שאלות?', en: 'Questions?' };
    const places = [
      { lang: 'en', side: 'start', x: 40, dark: false },
      { lang: 'he', side: 'start', x: 1_280 - 40, dark: true },
      { lang: 'he', side: 'left', x: 40, dark: false },
      { lang: 'en', side: 'right', x: 1_280 - 40, dark: true },
    ] as const;
    for (const { lang, side, x, dark } of places) {
      const launcher = { icon: 'wave', text, side, offsetInline: 40, offsetBlock: 90 };
      const settings = { launcher, theme: dark ? 'dark' : 'light', accent: '#ffee00' };
      await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });
      const visited = await openPage({ locale: lang, colorScheme: dark ? 'light' : 'dark' });
      await visited.goto(site.put('/', { html: page(line, '', `<html lang="${lang}">`) }));
      const button = visited.getByRole('button', { name: text[lang] });
      const edge = async (of: string) => {
        const box = await visited.locator(of).evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
        return x < 640 ? box.left : box.right;
      };
      await button.waitFor();
      expect(await edge('button.launcher')).toBe(x);
      expect(await button.evaluate((element) => 800 - element.getBoundingClientRect().bottom)).toBe(90);
      expect(await button.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)');
      await button.click();
      await visited.getByRole('dialog').waitFor();
      await visited.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      expect(await edge('.panel')).toBe(x);
      const colour = await visited.locator('.panel').evaluate((panel) => getComputedStyle(panel).backgroundColor);
      expect(colour).toBe(dark ? 'rgb(23, 25, 30)' : 'rgb(255, 255, 255)');
    }
  });

  browserTest('a site that takes the launcher away has it away on the next page, without the application', async ({ openPage }) => {
    const { house, site, line } = await openSite();
    const visited = await openPage();
    const apps: string[] = [];
    visited.on('request', (request) => {
      if (/\/widget\/[\w-]+\.js/.test(request.url())) apps.push(request.url());
    });
    const say = (name: string) => visited.evaluate((call) => (Reflect.get(window, 'Kesher') as Record<string, () => void>)[call]?.(), name);
    const isShown = () => visited.locator('button.launcher').isVisible();
    await visited.goto(site.put('/', { html: page(`<script>(window.Kesher ??= []).push(['hide'])</script>${line}`) }));
    site.put('/next', { html: page(line) });
    await visited.locator('button.launcher').waitFor({ state: 'attached' });
    expect(await isShown()).toBe(false);
    await visited.goto(`${site.url}/next`);
    await visited.locator('button.launcher').waitFor({ state: 'attached' });
    expect([await isShown(), apps]).toEqual([false, []]);
    await say('show');
    expect([await isShown(), apps]).toEqual([true, []]);
    await chat(visited, 'with the application');
    await say('close');
    await say('hide');
    await expect.poll(isShown).toBe(false);
    await visited.reload();
    await visited.waitForRequest(/\/widget\/app-/);
    await visited.locator('.kesher').waitFor({ state: 'attached' });
    expect(await isShown()).toBe(false);
    await say('open');
    await visited.getByRole('dialog').waitFor();
    expect(await lastMessages(house)).toEqual(['with the application']);
  });
});
