import { useEffect, useRef, useState } from 'preact/hooks';
import type { Permission } from '../../shared/agent.ts';
import { type TimelineKind, timelineKinds } from '../../shared/timeline.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { kindIcons } from './item-words.ts';
import styles from './timeline-filters.module.css';
import type { TimelineFilter } from './timeline-state.ts';

const TYPED_PAUSE_MS = 250;

interface TimelineFiltersProps {
  filter: TimelineFilter;
  /** What this agent may not see at all is not offered. */
  may: (permission: Permission) => boolean;
  /** The rest stays as it is when this comes: what is typed comes after a pause. */
  onChange: (change: Partial<TimelineFilter>) => void;
}

/** Which kinds, and words that stand in it. */
export function TimelineFilters({ filter, may, onChange }: TimelineFiltersProps) {
  const { kinds } = filter;
  const toggle = (kind: TimelineKind) => onChange({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  return (
    <div class={styles.filters}>
      <SearchBox q={filter.q} onChange={(q) => onChange({ q })} />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that are pressed or not, not fields of a form */}
      <div class={styles.chips} role="group" aria-label={t('timeline.filters')}>
        <button type="button" class={styles.chip} aria-pressed={kinds.length === 0} onClick={() => onChange({ kinds: [] })}>
          {t('timeline.allKinds')}
        </button>
        {timelineKinds
          .filter((kind) => isSeen(kind, may))
          .map((kind) => (
            <button key={kind} type="button" class={styles.chip} aria-pressed={kinds.includes(kind)} onClick={() => toggle(kind)}>
              <Icon name={kindIcons[kind]} size="small" />
              {t(`timeline.kind.${kind}`)}
            </button>
          ))}
      </div>
    </div>
  );
}

const rights: Partial<Record<TimelineKind, Permission>> = {
  purchase: 'purchases:view',
  task: 'tasks:view',
  ticket: 'tickets:view',
  opportunity: 'opportunities:view',
};

function isSeen(kind: TimelineKind, may: TimelineFiltersProps['may']): boolean {
  const right = rights[kind];
  return right === undefined || may(right);
}

function SearchBox({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label class={styles.search}>
      <Icon name="search" size="small" />
      <input
        class={styles.input}
        type="search"
        value={typed}
        maxLength={200}
        dir={typed === '' ? undefined : 'auto'}
        placeholder={t('timeline.search')}
        aria-label={t('timeline.search')}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(value.trim()), TYPED_PAUSE_MS);
        }}
      />
    </label>
  );
}
