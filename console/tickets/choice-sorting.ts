import { t } from '../texts/texts.ts';

/** The words of lists that are put in order. */
export const choiceSorting = () => ({
  handle: t('tickets.order.handle'),
  up: t('tickets.order.up'),
  down: t('tickets.order.down'),
  moved: (place: number, count: number) => t('tickets.order.moved', { place, count }),
});
