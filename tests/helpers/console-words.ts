/** Before a scene at the console begins, the words of all its languages are here. */
import { fetchLanguage, fetchShelf, languages } from '../../console/texts/texts.ts';

for (const shelf of ['settings', 'contacts', 'timeline', 'tasks', 'tickets', 'sales', 'customers'] as const) await fetchShelf(shelf);
for (const language of languages) if (!(await fetchLanguage(language))) throw new Error(`The words of ${language} cannot be read.`);
