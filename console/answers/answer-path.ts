/** The address of one automatic answer, or of all. */
export function answerPath(id?: string): string {
  return `/console/settings/answers${id === undefined ? '' : `?id=${encodeURIComponent(id)}`}`;
}

/** Where ready questions are chosen from. */
export const libraryPath = '/console/settings/answers?show=library';
