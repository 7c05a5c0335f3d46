/**
 * Whom a signed identity speaks of, or null if it cannot be read. Believed only to tell two people at one browser apart:
 * whether the signature holds is for the server to say. Compare it, don't show it: it is the name's bytes, not its letters.
 */
export function subjectOf(identity: string): string | null {
  try {
    const { sub } = JSON.parse(atob((identity.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
