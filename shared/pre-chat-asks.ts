import type { PreChat } from './inbox.ts';

/** Whether anything at all is asked before a conversation. */
export function asksAnything({ fields, consentText: _, ...details }: PreChat): boolean {
  return [...Object.values(details), ...fields.map(({ demand }) => demand)].some((demand) => demand !== 'hidden');
}
