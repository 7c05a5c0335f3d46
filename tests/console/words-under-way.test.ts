import { effect } from '@preact/signals-core';
import { expect, test, vi } from 'vitest';

test('a screen that asks for the words of every language each time it is drawn is drawn once for each words that come', async () => {
  vi.resetModules();
  const { fetchShelf, inEveryLanguage, languages, loadLanguage } = await import('../../console/texts/texts.ts');
  await loadLanguage();
  const shelves = ['contacts', 'tasks', 'sales'] as const;
  const commands = Array.from({ length: 20 }, () => 'nav.conversations' as const);
  let drawn = 0;
  const stop = effect(() => {
    drawn += 1;
    for (const command of commands) inEveryLanguage(command);
  });
  await Promise.all(shelves.map((shelf) => fetchShelf(shelf)));
  await vi.waitFor(() => expect(inEveryLanguage('nav.conversations')).toHaveLength(languages.length));
  stop();
  expect(drawn).toBeLessThanOrEqual(1 + languages.length * (1 + shelves.length));
});
