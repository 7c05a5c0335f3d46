import type { NowBoard } from '../../shared/now-board.ts';
import type { Desk } from '../conversations/desk.ts';
import { assignTeam } from '../conversations/desk-actions.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import { draggedRow, useDropTarget } from './dragged-row.ts';
import type { Rows } from './rows-dialog.tsx';
import styles from './waiting-places.module.css';

interface WaitingPlacesProps {
  desk: Desk;
  board: NowBoard;
  mayAssign: boolean;
  onOpen: (rows: Rows) => void;
}

/** Where people wait: by team and, where there are several, by widget. A row can be dropped on a team. */
export function WaitingPlaces({ desk, board, mayAssign, onOpen }: WaitingPlacesProps) {
  const teams = desk.colleagues.teams.value;
  const inboxes = board.byInbox.length > 1 ? board.byInbox : [];
  const waiting = new Map(board.byTeam.map(({ id, count }) => [id, count]));
  if (inboxes.length === 0 && teams.length === 0) return null;
  return (
    <div class={styles.places}>
      {teams.length > 0 && (
        <Places
          label={t('now.byTeam')}
          places={[...teams.map(({ id, name }) => ({ id, name })), { id: null, name: t('now.noTeam') }].map(({ id, name }) => ({
            key: id ?? 'none',
            name,
            count: waiting.get(id) ?? 0,
            open: () => onOpen({ title: t('now.waitingIn', { name }), what: 'waiting', teamId: id ?? 'none' }),
            drop: mayAssign ? () => draggedRow.value && assignTeam(desk, draggedRow.value, id) : null,
          }))}
        />
      )}
      {inboxes.length > 0 && (
        <Places
          label={t('now.byInbox')}
          places={inboxes.map(({ id, name, count }) => ({
            key: id,
            name,
            count,
            open: () => onOpen({ title: t('now.waitingIn', { name }), what: 'waiting', inboxId: id }),
            drop: null,
          }))}
        />
      )}
    </div>
  );
}

interface Place {
  key: string;
  name: string;
  count: number;
  open: () => void;
  drop: (() => void) | null;
}

function Places({ label, places }: { label: string; places: readonly Place[] }) {
  return (
    <div class={styles.line}>
      <span class={styles.label}>{label}</span>
      <ul class={styles.list} aria-label={label}>
        {places.map((place) => (
          <li key={place.key}>
            <PlaceChip place={place} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PlaceChip({ place: { name, count, open, drop } }: { place: Place }) {
  const { isOver, ...target } = useDropTarget(drop);
  return (
    <button
      type="button"
      {...target}
      class={[styles.chip, count === 0 && styles.none, isOver && styles.over].filter(Boolean).join(' ')}
      onClick={open}
    >
      <bdi>{name}</bdi>
      <span class={styles.count}>{formatNumber(count)}</span>
    </button>
  );
}
