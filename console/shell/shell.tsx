import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useDeckMoves } from '../conversations/deck-moves.ts';
import { PHONE } from '../conversations/deck-room.ts';
import type { Desk } from '../conversations/desk.ts';
import { resolve, takeNext } from '../conversations/desk-actions.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { listMacroPlaces } from '../conversations/macro-actions.ts';
import { conversationPath } from '../conversations/paths.ts';
import { hasNext } from '../conversations/take-next.tsx';
import { TransferPlace } from '../conversations/transfer-place.tsx';
import { openTransfer } from '../conversations/transfer-request.ts';
import { Palette } from '../search/palette.tsx';
import { listPlaces, type Place } from '../search/places.ts';
import type { SessionState } from '../session-state.ts';
import { fetchShelf, inEveryLanguage, t } from '../texts/texts.ts';
import { late } from '../ui/late.tsx';
import { ToastShelf } from '../ui/toast.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { followDeckCommand } from './deck-keys.ts';
import styles from './shell.module.css';
import { type Command, commandOf, type NamedCommand } from './shortcuts.ts';
import { SideBar } from './side-bar.tsx';
import { badgeCount, useTabTitle } from './tab-title.ts';
import { useHerald } from './use-herald.ts';

const CallStrip = late(async () => {
  const [{ CallStrip }] = await Promise.all([import('../tasks/call-strip.tsx'), fetchShelf('tasks')]);
  return CallStrip;
});
const TodoDialog = late(async () => {
  const [{ TodoDialog }] = await Promise.all([import('../tasks/todo-dialog.tsx'), fetchShelf('tasks')]);
  return TodoDialog;
});
const PromiseCallDialog = late(async () => (await import('../tasks/promise-call-dialog.tsx')).PromiseCallDialog);
const ShortcutsDialog = late(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog);
const SavedViewsDialog = late(async () => (await import('../conversations/saved-views-dialog.tsx')).SavedViewsDialog);

interface ShellProps {
  desk: Desk;
  session: SessionState;
  view: ViewName;
  children: ComponentChildren;
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** The conversation whose row in the list has the focus. */
function focusedRow(): string | null {
  return (document.activeElement as HTMLElement | null)?.dataset.conversation ?? null;
}

/** What stands around every page: the way elsewhere, the state of the connection, toasts and shortcuts. */
export function Shell({ desk, session, view, children }: ShellProps) {
  const { path, route } = useLocation();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const pathId = /^\/console\/conversations\/([^/]+)$/.exec(path)?.[1] ?? null;
  const isDeckShown = !useMedia(PHONE) && path === '/console/conversations';
  const openId = pathId ?? (isDeckShown ? desk.deck.focusedId.value : null);
  const hasCalls = desk.calls.current.value !== null || desk.calls.ringing.value.length > 0;
  const promising = desk.calls.promising.value;
  const writing = desk.calls.writing.value;
  const moves = useDeckMoves(desk, view);
  useHerald({ desk, session, view, openId });
  useTabTitle(path, badgeCount(desk, session.agent.value?.profile.notifications));

  // The newest one, drawn or not: the next key may be pressed before an effect has run.
  const newest = useRef(follow);
  newest.current = follow;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command && newest.current(command)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  /** False if there is nothing here that the command could be about. */
  function follow(command: Command): boolean {
    if (command === 'search') {
      if (openId !== null) desk.repertoire.want();
      setIsPaletteOpen(true);
      return true;
    }
    if (command === 'help') {
      setIsHelpOpen(true);
      return true;
    }
    if (command === 'calls') {
      if (!hasCalls && session.may('tasks:view')) route('/console/tasks');
      else focusOn('[data-calls] button');
      return session.may('tasks:view');
    }
    if (command === 'task') {
      if (!session.may('tasks:edit')) return false;
      const seq = Number((document.activeElement as HTMLElement | null)?.dataset.seq);
      void import('../conversations/task-from-message.ts').then(({ writeTask }) => writeTask(desk, openId, seq));
      return true;
    }
    if (command === 'next' || command === 'previous') return walk(command === 'next' ? 1 : -1);
    const done = followDeckCommand(command, { desk, moves, view, openId });
    if (done !== null) return done;
    if (command === 'takeNext') {
      if (!hasNext(desk)) return false;
      void takeNext(desk).then((id) => id !== null && moves.goTo(id, { isWriting: true }));
      return true;
    }
    if (command === 'ticket') {
      const button = document.querySelector<HTMLElement>(`[data-pane="${openId}"] [data-open-ticket]`);
      button?.click();
      return button !== null;
    }
    const rowId = focusedRow();
    if (command === 'select') {
      const id = rowId ?? openId;
      if (id !== null) desk.bulk.toggle(id);
      return id !== null;
    }
    if (command === 'resolve' && desk.bulk.chosen.value.size > 0 && session.may('conversations:reply')) {
      desk.bulk.wish({ kind: 'resolve' });
      return true;
    }
    const id = command === 'resolve' ? (rowId ?? openId) : openId;
    const summary = id === null ? undefined : desk.list.summaries.value.get(id);
    if (!summary || !(session.may('conversations:reply') || command === 'transfer')) return false;
    if (command === 'transfer') {
      if (!session.may('conversations:assign')) return false;
      openTransfer(summary.id);
      return true;
    }
    if (command === 'resolve') {
      if (summary.status !== 'resolved') resolve(desk, summary);
      // Its row leaves the list, and the focus would be nowhere.
      if (id === openId) focusOn(`[data-pane="${openId}"] [data-heading]`);
      return true;
    }
    const draft = desk.drafts.of(summary.id).value;
    desk.drafts.set(summary.id, { ...draft, visibility: command === 'note' ? 'internal' : 'public' });
    desk.deck.write(summary.id);
    return true;
  }

  function walk(step: 1 | -1): boolean {
    const asked = desk.views.asked(view);
    const ids = desk.list.onScreen.length > 0 ? desk.list.onScreen : asked ? desk.list.view(asked).value : [];
    const at = openId === null ? -1 : ids.indexOf(openId);
    const nextId = at === -1 ? ids[0] : ids[at + step];
    if (nextId === undefined) return true;
    route(conversationPath(nextId, view));
    focusOn(`[data-conversation="${nextId}"]`);
    return true;
  }

  /** Pages, and what the keys can do here. */
  function places(): Place[] {
    const action = (command: NamedCommand, icon: Place['icon'], keys: readonly string[]): Place => ({
      key: command,
      label: t(`shortcuts.${command}`),
      icon,
      keys,
      open: () => void follow(command),
      alsoCalled: inEveryLanguage(`shortcuts.${command}`),
    });
    const summary = openId === null ? undefined : desk.list.summaries.value.get(openId);
    const mayReply = summary !== undefined && session.may('conversations:reply');
    return [
      ...(mayReply ? [action('reply', 'pencil', ['R']), action('note', 'lock', ['N'])] : []),
      ...(mayReply && summary.status !== 'resolved' ? [action('resolve', 'check', ['E'])] : []),
      ...(summary && session.may('conversations:assign') ? [action('transfer', 'forward', ['T'])] : []),
      ...(summary && session.may('tickets:edit') ? [action('ticket', 'ticket', ['O'])] : []),
      ...(mayReply ? listMacroPlaces(desk, summary) : []),
      ...(openId === null ? [] : [action('keep', 'pin', ['P']), action('close', 'x', ['Alt', 'W'])]),
      action('next', 'arrow-down', ['J']),
      action('nextWaiting', 'clock', ['Alt', '↓']),
      ...(hasNext(desk) ? [action('takeNext', 'hand', ['G'])] : []),
      ...(session.may('tasks:edit') ? [action('task', 'list-checks', ['D'])] : []),
      ...listPlaces(session),
      action('help', 'keyboard', ['?']),
    ];
  }

  return (
    <div class={[styles.shell, pathId && styles.isReading].filter(Boolean).join(' ')}>
      <a class={styles.skip} href="#main">
        {t('nav.skip')}
      </a>
      <SideBar desk={desk} session={session} view={view} onShortcuts={() => setIsHelpOpen(true)} onSearch={() => setIsPaletteOpen(true)} />
      <div class={styles.column}>
        {hasCalls && <CallStrip calls={desk.calls} board={desk.tasks} http={desk.http} />}
        <div id="main" class={styles.main} tabIndex={-1}>
          {children}
        </div>
      </div>
      <ConnectionBanner desk={desk} />
      <ToastShelf closeLabel={t('action.close')} />
      {isPaletteOpen && (
        <Palette
          http={desk.http}
          agentId={desk.agentId}
          view={view}
          places={places()}
          mayFind={{ tickets: session.may('tickets:view'), opportunities: session.may('opportunities:view') }}
          onClose={() => setIsPaletteOpen(false)}
        />
      )}
      <TransferPlace desk={desk} />
      {promising && (
        <PromiseCallDialog
          agentId={desk.agentId}
          place={promising}
          calls={desk.calls}
          board={desk.tasks}
          http={desk.http}
          onClose={() => {
            desk.calls.promising.value = null;
          }}
        />
      )}
      {writing && (
        <TodoDialog
          agentId={desk.agentId}
          wish={writing}
          mayFind={session.may('contacts:view')}
          people={desk.colleagues}
          board={desk.tasks}
          http={desk.http}
          onClose={() => {
            desk.calls.writing.value = null;
          }}
        />
      )}
      {desk.views.isManaged.value && <SavedViewsDialog desk={desk} onClose={() => desk.views.manage(false)} />}
      {isHelpOpen && <ShortcutsDialog onClose={() => setIsHelpOpen(false)} />}
    </div>
  );
}
