import type { PendingMessage } from '../../shared/outbox.ts';
import type { Draft } from './drafts.ts';
import type { Mentionable } from './mention-text.ts';

type Written = Omit<Draft, 'seenSeq'>;

/** A refused message joins what is being written. If either was for the team alone, all of it is. */
export function takenBack(message: PendingMessage, draft: Draft): Written {
  const isNote = message.visibility === 'internal' || (draft.visibility === 'internal' && isBegun(draft));
  const named = [...new Map([...namedIn(message), ...(draft.named ?? [])].map((one) => [one.id, one])).values()];
  const macro = message.macro ? { id: message.macro.id, version: message.macro.version } : draft.macro;
  return {
    text: [message.text, draft.text].filter(Boolean).join('\n\n'),
    visibility: isNote ? 'internal' : 'public',
    files: [...(message.files ?? []), ...(draft.files ?? [])],
    ...(named.length > 0 && { named }),
    ...((message.isWhisper || draft.isWhisper) && { isWhisper: true }),
    ...(macro && { macro }),
  };
}

/** Whether something would be lost, or told to somebody whom it was not for. */
export function isBegun({ text, files = [] }: Draft): boolean {
  return text.trim() !== '' || files.length > 0;
}

function namedIn({ text, mentions = [] }: PendingMessage): Mentionable[] {
  return mentions.flatMap(({ agentId, teamId, at, length }): Mentionable[] => {
    const name = text.slice(at + 1, at + length);
    if (agentId !== undefined) return [{ kind: 'agent', id: agentId, name }];
    return teamId === undefined ? [] : [{ kind: 'team', id: teamId, name }];
  });
}
