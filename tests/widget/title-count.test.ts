import { describe, expect, test } from 'vitest';
import { createTitleCount } from '../../widget/title-count.ts';

describe('the number of unread messages in the page’s title', () => {
  test('comes, changes and goes, and leaves the title as it was', () => {
    document.title = 'קרמיקה אדמה';
    const show = createTitleCount();
    show(0);
    expect(document.title).toBe('קרמיקה אדמה');
    show(1);
    show(2);
    expect(document.title).toBe('(2) קרמיקה אדמה');
    show(0);
    expect(document.title).toBe('קרמיקה אדמה');
  });

  test('does not fight a page that changes its own title', () => {
    document.title = 'Shop';
    const show = createTitleCount();
    show(1);
    document.title = 'Basket (3)';
    expect(document.title, 'nothing is put back behind the page’s back').toBe('Basket (3)');
    show(2);
    expect(document.title).toBe('(2) Basket (3)');
    document.title = 'Paid';
    show(0);
    expect(document.title).toBe('Paid');
  });
});
