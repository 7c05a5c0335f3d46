import { expect, test } from 'vitest';
import { en } from '../../console/texts/en.ts';
import { enCustomers } from '../../console/texts/en-customers.ts';
import { he } from '../../console/texts/he.ts';
import { heCustomers } from '../../console/texts/he-customers.ts';
import { headingsOf, lifecycleWord } from '../../server/customers/customer-sheet.ts';
import { lifecycleOf } from '../../server/customers/import-drafts.ts';
import { guessMapping } from '../../server/customers/import-headings.ts';
import { plainColumns } from '../../shared/customer.ts';
import { lifecycleNames } from '../../shared/lifecycle.ts';

const screens = { he: { ...he, ...heCustomers }, en: { ...en, ...enCustomers } };
const columns = plainColumns.filter((column) => column !== 'value');
const readBack = ['name', 'company', 'phone', 'email', 'external', 'lifecycle', 'owner', 'tags', 'language'] as const;

test.each(['he', 'en'] as const)(
  'who opens the exported list in a spreadsheet finds the words of the screen, in %s, and may import it again',
  (language) => {
    const screen = screens[language];
    const sheet = { columns, fields: [], language, timeZone: 'Asia/Jerusalem', currency: 'ILS', nameOf: new Map<string, string>() };
    expect(headingsOf(sheet)).toEqual(columns.map((column) => screen[`customers.column.${column}`]));
    for (const name of lifecycleNames) {
      expect(lifecycleWord(name, language)).toBe(screen[`contact.lifecycle.${name}`]);
      expect(lifecycleOf(lifecycleWord(name, language))).toBe(name);
    }
    const headings = readBack.map((column) => ({ heading: String(screen[`customers.column.${column}`]), samples: [] }));
    expect(guessMapping(headings, [])).toEqual([...readBack]);
  },
);
