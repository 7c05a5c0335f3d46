/** Of the suggestions above a composer: they come with them. */
export const enAdvice = {
  'advice.alike': 'Close to: {phrase}',
  'advice.answer': 'Automatic answer:',
  'advice.canned': 'Canned response:',
  'advice.finishNote': 'Please finish the note first.',
  'advice.found': { one: '{count} suggestion', other: '{count} suggestions' },
  'advice.label': 'Suggestions',
  'advice.likely': 'likely',
  'advice.none': 'No suggestion fits this question.',
  'advice.perhaps': 'perhaps',
  'advice.shares': 'Has in common: {words}',
  'advice.sure': 'fits well',
} as const;
