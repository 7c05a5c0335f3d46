import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFirstScripts } from './helpers/console-scripts.ts';
import { budgetOf, widgetBudget, widgetFallbacks } from './helpers/widget-budget.ts';
import { readWidgetFiles } from './helpers/widget-files.ts';

const dist = join(import.meta.dirname, '..', 'dist');
const { loader, application, languages, lazy } = readWidgetFiles(dist);

describe('a page that carries the widget', () => {
  test('pays at most 1,000 bytes for the loader', () => {
    expect(loader.brotli).toBeLessThanOrEqual(widgetBudget.loader);
  });

  test('gives a visitor everything to chat with in two requests', () => {
    expect(application.imports).toEqual([]);
    for (const language of languages) expect(language.imports, language.file).toEqual([]);
  });

  test.each(languages)('gives a visitor who reads $name everything to chat with in 26,000 bytes', (language) => {
    expect(application.brotli + language.brotli).toBeLessThanOrEqual(widgetBudget.chat);
  });

  test.each(languages)('pays at most 1,500 bytes for the words of $name', (language) => {
    expect(language.brotli).toBeLessThanOrEqual(widgetBudget.language);
  });
});

describe('a visitor who needs a part for the first time', () => {
  test.each(lazy)('fetches $name within its budget', (part) => {
    expect(part.brotli).toBeLessThanOrEqual(budgetOf(part.name));
  });

  test('meets a larger one only where its reason is written', () => {
    const large = lazy.filter((part) => part.brotli > widgetBudget.lazy).map(({ name }) => name);
    expect(large.sort()).toEqual(Object.keys(widgetFallbacks).sort());
  });
});

test('an agent sees the first screen of the console after at most 120,000 bytes of scripts', () => {
  const scripts = readFirstScripts(dist);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.reduce((total, { brotli }) => total + brotli, 0)).toBeLessThanOrEqual(120_000);
});
