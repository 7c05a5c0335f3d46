/** Nobody is seen when a file is opened by hand or by an import: until somebody comes it says the moment of that. */
export function wasSeen({ createdAt, lastSeenAt, page }: { createdAt: number; lastSeenAt: number; page?: object | null }): boolean {
  return lastSeenAt > createdAt || page != null;
}
