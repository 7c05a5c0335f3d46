import type { ComponentChildren, RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-drawings.ts';
import styles from './menu.module.css';

export interface MenuItem {
  key: string;
  label: string;
  onSelect: () => void;
  icon?: IconName;
  /** What stands before the label instead of an icon. */
  mark?: ComponentChildren;
  hint?: string;
  /** Given for choices of which one holds. */
  isChecked?: boolean;
  hasLineBefore?: boolean;
}

export interface MenuTrigger {
  ref: RefObject<HTMLButtonElement | null>;
  id: string;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** The button that opens the menu: spread what is given onto it. */
  trigger: (props: MenuTrigger) => ComponentChildren;
  align?: 'start' | 'end';
  side?: 'below' | 'above';
  header?: ComponentChildren;
}

export function Menu({ label, items, trigger, align = 'start', side = 'below', header }: MenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const triggerRef = useRef<HTMLButtonElement>(null);
  const boxRef = useRef<HTMLDivElement>(null);
  const id = useId();

  const close = () => {
    setIsOpen(false);
    triggerRef.current?.focus();
  };

  useLayoutEffect(() => {
    if (!isOpen) return;
    const choices = menuItems(boxRef.current);
    (choices.find((choice) => choice.getAttribute('aria-checked') === 'true') ?? choices[0])?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!boxRef.current?.contains(event.target as Node)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const move = (event: KeyboardEvent) => {
    if (event.key === 'Tab') setIsOpen(false);
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    const next = nextItem(menuItems(boxRef.current), event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };

  return (
    <div class={styles.box} ref={boxRef}>
      {trigger({
        ref: triggerRef,
        id,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        onClick: () => setIsOpen(!isOpen),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setIsOpen(true);
        },
      })}
      {isOpen && (
        <div class={[styles.menu, styles[align], styles[side]].join(' ')}>
          {header && <div class={styles.header}>{header}</div>}
          <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                {...roleOf(item)}
                tabIndex={-1}
                class={[styles.item, item.hasLineBefore && styles.lined].filter(Boolean).join(' ')}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.mark ?? (item.icon && <Icon name={item.icon} />)}
                <span class={styles.label}>
                  <bdi>{item.label}</bdi>
                  {item.hint && <span class={styles.hint}>{item.hint}</span>}
                </span>
                {item.isChecked && <Icon name="check" size="small" />}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function roleOf({ isChecked }: MenuItem) {
  return isChecked === undefined ? ({ role: 'menuitem' } as const) : ({ role: 'menuitemradio', 'aria-checked': isChecked } as const);
}

function menuItems(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

/** Arrows, Home, End, and the first letter of what is meant. */
function nextItem(items: HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const fromNext = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return fromNext.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}
