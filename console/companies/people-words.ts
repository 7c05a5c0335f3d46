import { t } from '../texts/texts.ts';

/** The server counts no further. */
const COUNTED = 1_000;

export function peopleWords(count: number): string {
  return count >= COUNTED ? t('company.peopleMany', { count: COUNTED }) : t('company.peopleCount', { count });
}
