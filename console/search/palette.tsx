import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { ViewName } from '../conversations/list-views.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './palette.module.css';
import { type PaletteGroup, paletteGroups } from './palette-groups.tsx';
import type { Place } from './places.ts';
import { keepRecent, listRecent } from './recent-searches.ts';
import { searchPath } from './search-path.ts';
import { useFinds } from './use-finds.ts';
import { useSearch } from './use-search.ts';

interface PaletteProps {
  http: Http;
  agentId: string;
  view: ViewName;
  places: readonly Place[];
  mayFind: { tickets: boolean; opportunities: boolean };
  onClose: () => void;
}

/** Finds anything from anywhere by keyboard: the focus stays in the field, and the arrows walk through what was found. */
export function Palette({ http, agentId, view, places, mayFind, onClose }: PaletteProps) {
  const { route } = useLocation();
  const [query, setQuery] = useState('');
  const text = query.trim();
  const search = useSearch(http, text === '' ? null : { q: text, limit: 5 });
  const tickets = useFinds<Ticket>(http, '/tickets', mayFind.tickets ? text : '');
  const opportunities = useFinds<Opportunity>(http, '/opportunities', mayFind.opportunities ? text : '');
  const groups = paletteGroups({
    text,
    tickets,
    opportunities,
    reply: text === '' ? null : search.reply,
    places,
    recent: listRecent(agentId),
    agentId,
    view,
  });
  const options = groups.flatMap((group) => group.options);
  /** Null: the first one, whichever that is when the answer has come. */
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const dialogRef = useModal(onClose);
  const id = useId();
  const active = Math.max(
    0,
    options.findIndex(({ key }) => key === activeKey),
  );
  const current = options[active];
  useEffect(() => {
    if (current) document.getElementById(`${id}-${current.key}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, current?.key]);

  const leaveFor = (path: string) => {
    keepRecent(agentId, query);
    onClose();
    route(path);
  };
  const choose = (option: PaletteGroup['options'][number] | undefined) => {
    if (!option) return;
    if (option.query !== undefined) return setQuery(option.query);
    if (typeof option.open === 'string') return leaveFor(option.open);
    onClose();
    option.open?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 5, PageUp: active - 5 };
    const to = steps[event.key];
    if (event.isComposing) return;
    if (to !== undefined && options.length > 0) {
      event.preventDefault();
      const isOneStep = event.key.startsWith('Arrow');
      const at = isOneStep ? (to + options.length) % options.length : Math.max(0, Math.min(options.length - 1, to));
      setActiveKey(options[at]?.key ?? null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) leaveFor(searchPath({ q: text }));
      else choose(current);
    }
  };

  return (
    <dialog ref={dialogRef} class={styles.palette} aria-label={t('search.palette')}>
      <div class={styles.sheet}>
        <div class={styles.head}>
          <Icon name="search" />
          <input
            class={styles.input}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={current && `${id}-${current.key}`}
            aria-autocomplete="list"
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            dir="auto"
            autoComplete="off"
            spellcheck={false}
            enterKeyHint="go"
            maxLength={400}
            value={query}
            onInput={(event) => {
              setActiveKey(null);
              setQuery(event.currentTarget.value);
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" class={styles.close} onClick={onClose} aria-label={t('action.close')}>
            <kbd>Esc</kbd>
          </button>
        </div>
        <div id={`${id}-list`} class={styles.list} role="listbox" aria-label={t('search.results')} aria-busy={search.isLoading}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group inside a list of options, which a fieldset is not
            <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`} class={styles.group}>
              <div id={`${id}-${group.key}`} class={styles.heading}>
                {group.label}
                {group.count !== undefined && <span class={styles.count}>{countText(group)}</span>}
              </div>
              {group.options.map((option) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                <div
                  key={option.key}
                  id={`${id}-${option.key}`}
                  role="option"
                  aria-selected={option === current}
                  class={styles.option}
                  onClick={() => choose(option)}
                  onPointerMove={() => setActiveKey(option.key)}
                >
                  {option.content}
                </div>
              ))}
            </div>
          ))}
        </div>
        <PaletteState text={text} search={search} hasFound={groups.some(({ key }) => key !== 'page')} />
        <footer class={styles.foot}>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {t('search.keyMove')}
          </span>
          <span>
            <kbd>Enter</kbd> {t('search.keyOpen')}
          </span>
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> {t('search.keyPage')}
          </span>
        </footer>
      </div>
    </dialog>
  );
}

interface PaletteStateProps {
  text: string;
  search: ReturnType<typeof useSearch>;
  hasFound: boolean;
}

/** One line below the finds, said once to who does not see it. */
function PaletteState({ text, search, hasFound }: PaletteStateProps) {
  const { error, isLoading, reply } = search;
  const isOffline = error?.code === 'unavailable';
  const line = error
    ? isOffline
      ? t('search.offline')
      : errorText(error)
    : text !== '' && reply && !isLoading && !hasFound
      ? t('search.nothing')
      : text !== '' && reply && !isLoading
        ? t('search.found', { count: reply.items.length })
        : '';
  const isQuiet = !error && (hasFound || line === '');
  return (
    <p class={isQuiet ? 'visually-hidden' : styles.state} role="status">
      {line}
    </p>
  );
}

function countText({ count = 0, hasMore }: PaletteGroup): string {
  return hasMore ? `${formatNumber(count)}+` : formatNumber(count);
}

/** The browser keeps the focus inside, and gives it back where it came from. */
function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const dialog = ref.current;
    const origin = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector('input')?.focus();
    const beside = (event: Event) => {
      if (event.target === dialog) close.current();
    };
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    dialog?.addEventListener('pointerdown', beside);
    dialog?.addEventListener('cancel', cancel);
    return () => {
      dialog?.close();
      if (origin instanceof HTMLElement && origin.isConnected) origin.focus();
    };
  }, []);
  return ref;
}
