/** When what is due some day is due in lists: after everything else. */
export const NEVER = 8_640_000_000_000_000;

export function dueOf({ dueAt }: { dueAt: number }): number | null {
  return dueAt === NEVER ? null : dueAt;
}
