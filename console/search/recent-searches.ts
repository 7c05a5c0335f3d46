/** What an agent looked for last, at this browser. */

const KEPT = 6;

function keyOf(agentId: string): string {
  return `kesher:searches:${agentId}`;
}

export function listRecent(agentId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(agentId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function keepRecent(agentId: string, query: string): void {
  const text = query.trim().slice(0, 200);
  if (text.length < 2) return;
  const kept = [text, ...listRecent(agentId).filter((one) => one !== text)].slice(0, KEPT);
  try {
    localStorage.setItem(keyOf(agentId), JSON.stringify(kept));
  } catch {
    // A full storage belongs to what is unsent; a search can be typed again.
  }
}
