import { render } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { WrittenText } from '../../console/messages/written-text.tsx';

const hrefsIn = (text: string) => {
  const { container } = render(<WrittenText text={text} />);
  expect(container.textContent).toBe(text);
  return [...container.querySelectorAll('a')].map((link) => link.getAttribute('href'));
};

describe('what somebody wrote', () => {
  it.each([
    ['see https://shop.example/a?b=1), please', ['https://shop.example/a?b=1']],
    ['הקישור: www.shop.co.il ותודה', ['https://www.shop.co.il']],
    ['mail me@example.com', ['mailto:me@example.com']],
    ['call tel:0501234567', ['tel:0501234567']],
  ])('has links that work: %s', (text, hrefs) => {
    expect(hrefsIn(text)).toEqual(hrefs);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://files.example/a',
    'vbscript:msgbox',
  ])('never links to %s', (text) => {
    expect(hrefsIn(text).filter((href) => !/^(https?|mailto|tel):/.test(href ?? ''))).toEqual([]);
  });

  it.each(['<img src=x onerror=alert(1)>', '<b>bold</b>', '&lt;script&gt;', '</div><h1>big'])(
    'is shown as text, never as markup: %s',
    (text) => {
      const { container } = render(<WrittenText text={text} />);
      expect(container.textContent).toBe(text);
      expect(container.querySelector('img, b, script, h1')).toBeNull();
    },
  );

  it.each([
    ['ההזמנה #A-10442 הגיעה', '#A-10442'],
    ['אפשר להתקשר ל־ 052 555 1234 עד הערב', '052 555 1234'],
    ['או +972-52-555-1234', '+972-52-555-1234'],
  ])('keeps a number or an order number together in a Hebrew line: %s', (text, run) => {
    const { container } = render(<WrittenText text={text} />);
    expect(container.querySelector('bdi[dir="ltr"]')?.textContent).toBe(run);
    expect(container.textContent).toBe(text);
  });

  it('opens links without telling the other site where from', () => {
    const { container } = render(<WrittenText text="https://shop.example" />);
    const link = container.querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noopener');
    expect(link?.rel).toContain('noreferrer');
  });
});
