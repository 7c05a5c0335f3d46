/** Whole days, by the clock of whoever looks: today is the last of them. */
export const spanNames = ['7', '30', '90', '365'] as const;
export type SpanName = (typeof spanNames)[number];

export function spanOf(name: SpanName, now: number): { from: number; to: number } {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const to = new Date(midnight).setDate(midnight.getDate() + 1);
  const from = new Date(midnight).setDate(midnight.getDate() + 1 - Number(name));
  return { from, to };
}
