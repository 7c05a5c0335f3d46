/** What the widget may cost the page that carries it, in bytes as they go over the wire (minified, brotli). */
export const widgetBudget = { loader: 1_000, chat: 26_000, language: 1_500, lazy: 3_000 } as const;

/** What may be larger than a lazy part, because few visitors ever fetch it. */
export const widgetFallbacks: Readonly<Record<string, { brotli: number; reason: string }>> = {
  'full-client': { brotli: 12_000, reason: 'the official Socket.IO client, where no WebSocket gets through' },
  links: { brotli: 8_500, reason: 'which of the 1,400 top-level domains exist, once a message looks as if it held an address' },
};

export function budgetOf(name: string): number {
  return widgetFallbacks[name]?.brotli ?? widgetBudget.lazy;
}
