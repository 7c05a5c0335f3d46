/** Apart from the schemas, so that the console's first screen has no validator in it. */
export const searchKinds = ['conversation', 'message', 'contact'] as const;
export type SearchKind = (typeof searchKinds)[number];
