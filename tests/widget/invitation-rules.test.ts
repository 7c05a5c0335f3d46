import { describe, expect, test } from 'vitest';
import { type Invitation, invitationSchema } from '../../shared/invitation.ts';
import { fitsPage } from '../../shared/page-pattern.ts';
import { isDue, type Situation } from '../../widget/invitation-rules.ts';

const invitation = (conditions: Partial<Invitation> = {}) =>
  invitationSchema.parse({ id: 'help', isOn: true, text: { en: 'Hi' }, ...conditions });
const now = (what: Partial<Situation> = {}): Situation => ({
  url: 'https://shop.example/cart?step=2#top',
  secondsOnPage: 0,
  scrolledPercent: 20,
  isLeaving: false,
  isReturning: false,
  language: 'en',
  cartValue: null,
  ...what,
});

describe('a page', () => {
  test.each([
    ['/cart', true],
    ['/Cart', true],
    ['cart', true],
    ['/cart?step=2', true],
    ['/cart?step=3', false],
    ['/cart/', false],
    ['/c*t', true],
    ['*', true],
    ['/*', true],
    ['*cart', true],
    ['*cart*', true],
    ['*step=2', false],
    ['/cart?*=2', true],
    ['/ca*rt*?s*2', true],
    ['/cart*cart', false],
    ['https://shop.example/cart', true],
    ['http://shop.example/cart', false],
    ['https://*.example/c*', true],
    ['https://other.example/cart', false],
    ['.*', false],
    ['/cart(', false],
  ])('is meant by %s: %s', (pattern, isMeant) => {
    expect(fitsPage(pattern, new URL(now().url))).toBe(isMeant);
  });

  test('is meant in Hebrew as people write it and as browsers do', () => {
    const url = 'https://shop.example/%D7%9E%D7%91%D7%A6%D7%A2%D7%99%D7%9D/1';
    expect(fitsPage('/מבצעים/*', new URL(url))).toBe(true);
    expect(fitsPage('/%D7%9E%D7%91%D7%A6%D7%A2%D7%99%D7%9D/*', new URL(url))).toBe(true);
    expect(fitsPage('/%E0%*', new URL('https://shop.example/%E0%'))).toBe(true);
  });

  test('with a wicked pattern is judged at once', () => {
    const startedAt = performance.now();
    expect(fitsPage('/*a'.repeat(90), new URL(`https://shop.example/${'a'.repeat(2_000)}`))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test('a visitor is invited when every condition that is set holds, and by none where nothing is set', () => {
  const conditions: [Partial<Invitation>, Partial<Situation>][] = [
    [{ pages: ['/checkout', '/cart'] }, {}],
    [{ afterSeconds: 20 }, { secondsOnPage: 20 }],
    [{ scrolledPercent: 60 }, { scrolledPercent: 60 }],
    [{ onExitIntent: true }, { isLeaving: true }],
    [{ isReturning: true }, { isReturning: true }],
    [{ isReturning: false }, { isReturning: false }],
    [{ languages: ['he'] }, { language: 'he' }],
    [{ cartValueMin: 100 }, { cartValue: 100 }],
  ];
  for (const [set, holds] of conditions) expect(isDue(invitation(set), now(holds)), JSON.stringify(set)).toBe(true);
  const failing: [Partial<Invitation>, Partial<Situation>][] = [
    [{ pages: ['/checkout'] }, {}],
    [{ afterSeconds: 20 }, { secondsOnPage: 19.9 }],
    [{ scrolledPercent: 60 }, { scrolledPercent: 59 }],
    [{ onExitIntent: true }, {}],
    [{ isReturning: true }, {}],
    [{ isReturning: false }, { isReturning: true }],
    [{ languages: ['he'] }, {}],
    [{ cartValueMin: 100 }, { cartValue: 99.99 }],
    [{ cartValueMin: 0 }, { cartValue: null }],
    [{ cartValueMin: 100, afterSeconds: 5 }, { cartValue: 200 }],
  ];
  for (const [set, holds] of failing) expect(isDue(invitation(set), now(holds)), JSON.stringify(set)).toBe(false);
  expect(isDue(invitation(), now())).toBe(true);
});
