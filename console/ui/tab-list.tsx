import { Icon } from './icon.tsx';
import type { IconName } from './icon-drawings.ts';
import styles from './tab-list.module.css';

interface TabListProps<Name extends string> {
  label: string;
  /** Begins the ids of tabs and panels: `<id>-<name>` and `<id>-<name>-panel`. */
  id: string;
  tabs: readonly { name: Name; label: string; icon: IconName; mark?: string | undefined }[];
  chosen: Name;
  onChoose: (name: Name) => void;
}

/** Parts of one thing, one in sight at a time. Beside it on a wide screen, above it on a narrow one. */
export function TabList<Name extends string>({ label, id, tabs, chosen, onChoose }: TabListProps<Name>) {
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const isBackwards = event.currentTarget instanceof Element && getComputedStyle(event.currentTarget).direction === 'rtl';
    const steps: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      ArrowRight: at + (isBackwards ? -1 : 1),
      ArrowLeft: at + (isBackwards ? 1 : -1),
      Home: 0,
      End: tabs.length - 1,
    };
    const place = steps[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const next = tabs.at(place % tabs.length);
    if (!next) return;
    onChoose(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <div class={styles.list} role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          id={`${id}-${tab.name}`}
          type="button"
          role="tab"
          class={styles.tab}
          aria-selected={tab.name === chosen}
          aria-controls={tab.name === chosen ? `${id}-${tab.name}-panel` : undefined}
          tabIndex={tab.name === chosen ? 0 : -1}
          onClick={() => onChoose(tab.name)}
        >
          <Icon name={tab.icon} size="small" />
          {tab.label}
          {tab.mark && (
            <span class={styles.mark}>
              <span class="visually-hidden">({tab.mark})</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
