/** What a person is to the business, in the order in which one becomes it. */
export const lifecycleNames = ['lead', 'customer', 'lapsed'] as const;
