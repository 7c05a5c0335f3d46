import { useState } from 'preact/hooks';
import type { AgentAvailability } from '../../shared/agent.ts';
import { availabilityDots } from '../conversations/availability-dots.ts';
import type { Desk } from '../conversations/desk.ts';
import { showProblem } from '../conversations/desk-actions.ts';
import type { SessionState } from '../session-state.ts';
import { language, setLanguage, t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatNumber } from '../ui/format.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import styles from './me-menu.module.css';

interface MeMenuProps {
  desk: Desk;
  session: SessionState;
  onShortcuts: () => void;
}

const availabilities: readonly AgentAvailability[] = ['online', 'away', 'offline'];

/** The agent's own corner: here or away, language, shortcuts, the way out. */
export function MeMenu({ desk, session, onShortcuts }: MeMenuProps) {
  const [isAsking, setIsAsking] = useState(false);
  const agent = desk.me.value ?? session.agent.value;
  if (!agent) return null;
  // The server takes who cannot be heard for offline.
  const isHeard = desk.me.value === null || desk.connection.state.value === 'live';
  const unsentCount = desk.courier.pending.value.filter((message) => !message.failed).length;
  const capacity = desk.ownRouting.capacity.value;
  const items: MenuItem[] = [
    ...availabilities.map((availability) => ({
      key: availability,
      label: t(`availability.${availability}`),
      mark: <span class={`${styles.dot} ${styles[availabilityDots[availability]]}`} />,
      isChecked: agent.availability === availability,
      onSelect: () => void choose(desk, availability),
    })),
    {
      key: 'language',
      label: language.value === 'he' ? 'English' : 'עברית',
      icon: 'globe',
      hasLineBefore: true,
      onSelect: () => setLanguage(language.value === 'he' ? 'en' : 'he'),
    },
    { key: 'shortcuts', label: t('shortcuts.title'), icon: 'keyboard', hint: '?', onSelect: onShortcuts },
    {
      key: 'out',
      label: t('session.signOut'),
      icon: 'log-out',
      hasLineBefore: true,
      onSelect: () => (unsentCount > 0 ? setIsAsking(true) : void signOut(session)),
    },
  ];
  return (
    <>
      <Menu
        label={t('me.label')}
        side="above"
        items={items}
        header={
          <div class={styles.who}>
            <OneLine class={styles.name} text={agent.name} />
            <bdi class={styles.email} dir="ltr">
              {agent.email}
            </bdi>
            {capacity !== null && (
              <span class={styles.email}>{t(agent.load >= capacity ? 'me.loadFull' : 'me.load', { load: agent.load, capacity })}</span>
            )}
          </div>
        }
        trigger={(props) => (
          <button {...props} type="button" class={styles.trigger} title={t('me.label')}>
            <Avatar
              name={agent.name}
              seed={agent.id}
              imageUrl={agent.avatarUrl}
              size="small"
              dot={isHeard ? availabilityDots[agent.availability] : 'grey'}
            />
            <span class={styles.label}>
              <OneLine class={styles.name} text={agent.name} />
              <span class={styles.state}>
                {isHeard ? withLoad(t(`availability.${agent.availability}`), agent.load, capacity) : t('availability.unheard')}
              </span>
            </span>
          </button>
        )}
      />
      {isAsking && (
        <Dialog
          title={t('session.unsentTitle', { count: unsentCount })}
          closeLabel={t('action.close')}
          onClose={() => setIsAsking(false)}
          actions={
            <>
              <Button onClick={() => setIsAsking(false)}>{t('session.stay')}</Button>
              <Button look="danger" onClick={() => void signOut(session)}>
                {t('session.signOut')}
              </Button>
            </>
          }
        >
          <p>{t('session.unsentText')}</p>
        </Dialog>
      )}
    </>
  );
}

/** "Online · 2/4" */
function withLoad(state: string, load: number, capacity: number | null): string {
  return capacity === null ? state : `${state} · \u2066${formatNumber(load)}/${formatNumber(capacity)}\u2069`;
}

async function choose(desk: Desk, availability: AgentAvailability): Promise<void> {
  const reply = await desk.setAvailability(availability);
  if (!reply.ok) showProblem(reply.error);
}

async function signOut(session: SessionState): Promise<void> {
  const reply = await session.signOut();
  if (!reply.ok) showProblem(reply.error);
}
