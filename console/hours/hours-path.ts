/** The address of one of the business hours, or of all. */
export function hoursPath(id?: string): string {
  return `/console/settings/hours${id === undefined ? '' : `?id=${encodeURIComponent(id)}`}`;
}
