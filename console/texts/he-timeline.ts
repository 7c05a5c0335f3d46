import type { enTimeline } from './en-timeline.ts';

export const heTimeline: Record<keyof typeof enTimeline, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'timeline.title': 'ציר הזמן',
};
