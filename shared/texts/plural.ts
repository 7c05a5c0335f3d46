/** A text with forms is chosen by the plural rules of its language and `{count}`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
