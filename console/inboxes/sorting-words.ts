import { t } from '../texts/texts.ts';

export const sortingWords = () => ({
  handle: t('inbox.sortHandle'),
  up: t('inbox.sortUp'),
  down: t('inbox.sortDown'),
  moved: (place: number, count: number) => t('inbox.sortMoved', { place, total: count }),
});
