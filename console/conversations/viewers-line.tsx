import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Desk } from './desk.ts';
import type { Viewers } from './open-conversation.ts';
import styles from './viewers-line.module.css';

/** Who else has this conversation open. */
export function ViewerFaces({ desk, viewers }: { desk: Desk; viewers: Viewers }) {
  const others = namesOf(desk, viewers.agentIds);
  if (others.length === 0) return null;
  const sentence = t('viewers.looking', { names: joined(others) });
  return (
    <span class={styles.faces} title={sentence}>
      <Icon name="eye" size="small" />
      <span class="visually-hidden">{sentence}</span>
      {others.map(({ id, name }) => (
        <Avatar key={id} name={name} seed={id} size="small" />
      ))}
    </span>
  );
}

/** A colleague is answering already: said where the agent is about to type. */
export function ReplyingWarning({ desk, viewers }: { desk: Desk; viewers: Viewers }) {
  const others = namesOf(desk, viewers.replyingIds);
  return (
    <div class={styles.place} role="status">
      {others.length > 0 && (
        <p class={styles.warning}>
          <Icon name="pencil" size="small" />
          {t('viewers.replying', { names: joined(others), count: others.length })}
        </p>
      )}
    </div>
  );
}

function namesOf(desk: Desk, ids: readonly string[]): { id: string; name: string }[] {
  const others = ids.filter((id) => id !== desk.agentId);
  return others.map((id) => ({ id, name: desk.colleagues.agents.value.get(id)?.name ?? t('message.agent') }));
}

function joined(agents: readonly { name: string }[]): string {
  return new Intl.ListFormat(document.documentElement.lang || 'en', { type: 'conjunction' }).format(agents.map((agent) => agent.name));
}
