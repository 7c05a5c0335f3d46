/** The parts of a page between which F6 goes: the list, each open conversation, the customer file. */

/** Into the next part, or back. `fromId`: the conversation in focus, where the focus stands in no part. False where there is none. */
export function walkRegions(step: 1 | -1, fromId: string | null): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isInSight);
  if (regions.length === 0) return false;
  const inFocus = regions.findIndex((region) => region.contains(document.activeElement));
  const at = inFocus === -1 ? regions.findIndex(({ dataset }) => dataset.pane === fromId) : inFocus;
  const next = at === -1 ? 0 : (at + step + regions.length) % regions.length;
  doorOf(regions[next] as HTMLElement)?.focus();
  return true;
}

/** Where one comes in: the composer, the row that was walked to, else the first thing that can be used. */
function doorOf(region: HTMLElement): HTMLElement | null {
  for (const selector of ['[data-composer] textarea', '[data-heading]', '[data-conversation][tabindex="0"]', 'a, button, input']) {
    const door = [...region.querySelectorAll<HTMLElement>(selector)].find(isInSight);
    if (door) return door;
  }
  return null;
}

function isInSight(element: HTMLElement): boolean {
  return element.checkVisibility?.() ?? true;
}
