export const enTimeline = {
  'timeline.title': 'Timeline',
} as const;
