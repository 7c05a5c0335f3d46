import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './drafts.ts';
import styles from './mention-list.module.css';
import { findQuery, fitting, type Mentionable, type MentionQuery, mentionsIn, withName } from './mention-text.ts';

/** Whom the composer can name. */
export interface Nameable extends Mentionable {
  imageUrl?: string | null;
  dot?: 'green' | 'amber' | 'grey';
  hint?: string;
}

export interface Naming {
  people: readonly Nameable[];
  /** The agents who may see the conversation; null while that is not known. */
  audience: ReadonlySet<string> | null;
  /** Somebody begins to name somebody: now it is worth asking. */
  onBegin: () => void;
}

interface MentionListOptions {
  area: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  naming: Naming | undefined;
  onChange: (draft: Draft) => void;
}

interface MentionList {
  /** Goes above the text. */
  view: ComponentChildren;
  /** Who of those named will not be told. */
  warning: ComponentChildren;
  /** True if the key was about the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** After each input, and each move of the caret. */
  follow: () => void;
  /** For the text area, whose list it is. */
  aria: Record<string, string | undefined>;
}

const SHOWN_MAX = 8;

/** The list of colleagues and teams that an @ opens. The focus stays in the text; who is chosen turns the reply into a note. */
export function useMentionList({ area, draft, naming, onChange }: MentionListOptions): MentionList {
  const id = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  /** The @ that was answered, by a choice or by Escape, until another one is typed. */
  const dismissedAt = useRef<number | null>(null);
  const query = naming && caret !== null ? findQuery(draft.text, caret) : null;
  const found =
    query && query.at !== dismissedAt.current && !isNamed(query, draft)
      ? fitting(naming?.people ?? [], query.words).slice(0, SHOWN_MAX)
      : [];
  const isOpen = found.length > 0;
  const chosen = found[Math.min(active, found.length - 1)];
  useEffect(() => setActive(0), [query?.words, query?.at]);
  useEffect(() => {
    if (isOpen) naming?.onBegin();
  }, [isOpen]);

  const follow = () => {
    const element = area.current;
    const place = element && document.activeElement === element && element.selectionStart === element.selectionEnd;
    const next = place ? element.selectionStart : null;
    if (next === null || findQuery(element?.value ?? '', next)?.at !== dismissedAt.current) dismissedAt.current = null;
    setCaret(next);
  };
  const choose = (one: Nameable) => {
    if (!query) return;
    const { kind, id: chosenId, name } = one;
    const changed = withName(draft.text, query, name);
    const others = (draft.named ?? []).filter((other) => other.id !== chosenId);
    onChange({ ...draft, text: changed.text, visibility: 'internal', named: [...others, { kind, id: chosenId, name }] });
    dismissedAt.current = query.at;
    setCaret(null);
    // The text is drawn first.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(changed.caret, changed.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((Math.min(active, found.length - 1) + step + found.length) % found.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen) choose(chosen);
    else if (event.key === 'Escape') {
      dismissedAt.current = query?.at ?? null;
      setCaret(null);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const view = (
    <>
      {isOpen && (
        <div id={id} class={styles.list} role="listbox" aria-label={t('mention.label')}>
          {found.map((one) => (
            <div
              key={one.id}
              id={`${id}-${one.id}`}
              class={styles.option}
              role="option"
              tabIndex={-1}
              aria-selected={one === chosen}
              // The text keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
              onKeyDown={() => undefined}
            >
              {one.kind === 'agent' ? (
                <Avatar name={one.name} seed={one.id} imageUrl={one.imageUrl ?? null} size="small" {...(one.dot && { dot: one.dot })} />
              ) : (
                <span class={styles.team}>
                  <Icon name="users" size="small" />
                </span>
              )}
              <bdi class={styles.name}>{one.name}</bdi>
              <span class={styles.hint}>{isBlind(one, naming) ? t('mention.maySeeNot') : one.hint}</span>
            </div>
          ))}
        </div>
      )}
      <p class="visually-hidden" role="status">
        {isOpen && t('mention.found', { count: found.length })}
      </p>
    </>
  );
  const aria = isOpen ? { 'aria-controls': id, 'aria-autocomplete': 'list', 'aria-activedescendant': chosen && `${id}-${chosen.id}` } : {};
  return { view, warning: <Unreached draft={draft} naming={naming} />, onKeyDown, follow, aria };
}

/** The name is whole and chosen, and the sentence goes on behind it. */
function isNamed({ words }: MentionQuery, { named = [] }: Draft): boolean {
  return /\s$/.test(words) && named.some(({ name }) => name === words.trimEnd());
}

/** Said before the note goes: who is named in it and may not see what it is about. */
function Unreached({ draft, naming }: { draft: Draft; naming: Naming | undefined }) {
  const namedIds = new Set(mentionsIn(draft.text, draft.named ?? []).map(({ agentId, teamId }) => agentId ?? teamId));
  const blind = draft.visibility === 'internal' ? (draft.named ?? []).filter((one) => namedIds.has(one.id) && isBlind(one, naming)) : [];
  return (
    <p class={styles.warning} role="status" hidden={blind.length === 0}>
      {blind.length > 0 && (
        <>
          <Icon name="eye-off" size="small" />
          {t('mention.unreached', { names: blind.map(({ name }) => name).join(', ') })}
        </>
      )}
    </p>
  );
}

function isBlind({ kind, id }: Mentionable, naming: Naming | undefined): boolean {
  return kind === 'agent' && naming?.audience != null && !naming.audience.has(id);
}
