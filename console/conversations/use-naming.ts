import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Nameable, Naming } from '../messages/mention-list.tsx';
import { t } from '../texts/texts.ts';
import { availabilityDots } from './availability-dots.ts';
import type { Desk } from './desk.ts';

const ranks = { online: 0, away: 1, offline: 2 } as const;

/** Whom an @ can name in this conversation: colleagues, who is here first, then teams. Who may see it is asked when an @ is typed. */
export function useNaming(desk: Desk, conversationId: string): Naming {
  const agents = desk.colleagues.agents.value;
  const teams = desk.colleagues.teams.value;
  const place = desk.list.summaries.value.get(conversationId);
  const [audience, setAudience] = useState<ReadonlySet<string> | null>(null);
  // Given to somebody else, other people may see it.
  useEffect(() => setAudience(null), [conversationId, place?.assigneeId, place?.teamId]);
  const people = useMemo(() => {
    const colleagues = [...agents.values()]
      .filter(({ id }) => id !== desk.agentId)
      .sort((a, b) => ranks[a.availability] - ranks[b.availability] || a.name.localeCompare(b.name))
      .map(
        ({ id, name, avatarUrl, availability }): Nameable => ({
          kind: 'agent',
          id,
          name,
          imageUrl: avatarUrl,
          dot: availabilityDots[availability],
          hint: t(`availability.${availability}`),
        }),
      );
    const groups = teams.map(
      ({ id, name, memberIds }): Nameable => ({ kind: 'team', id, name, hint: t('team.members', { count: memberIds.length }) }),
    );
    return [...colleagues, ...groups];
  }, [agents, teams, desk]);
  return {
    people,
    audience,
    onBegin: () => {
      if (audience === null) void desk.audience(conversationId).then(setAudience);
    },
  };
}
