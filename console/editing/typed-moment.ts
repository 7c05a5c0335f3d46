/** A day and a time of it, as they stand in two fields, on this browser's clock. */
export interface TypedMoment {
  date: string;
  time: string;
}

/** Null while it is none. */
export function momentOf({ date, time }: TypedMoment): number | null {
  const at = date && time ? new Date(`${date}T${time}`).getTime() : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

export function typedOf(at: number): TypedMoment {
  const here = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return { date: here.slice(0, 10), time: here.slice(11, 16) };
}
