import { signal } from '@preact/signals-core';
import type { KeyValueStore } from '../shared/outbox.ts';
import { storageKey } from './storage-keys.ts';
import type { VisitorDetails } from './visitor-details.ts';

export type PanelView = 'chat' | 'conversations' | 'details' | 'callback' | 'transcript' | 'privacy' | 'tickets';

/** Where the eye rests in a transcript: a message and how far below the upper edge it begins, in pixels. Null: at the newest. */
export type ReadingPlace = { messageId: string; top: number } | null;

/** A proactive invitation that the visitor has taken up: it stands as the first bubble until there is a conversation. */
export interface TakenInvitation {
  id: string;
  text: string;
}

interface StoredPanel {
  view: PanelView;
  place: ReadingPlace;
  form: VisitorDetails | null;
  invitation?: TakenInvitation | null;
}

/** The window as it stands in this tab, so that the next page of the site finds it unchanged. */
export function createPanelState(tabStorage: KeyValueStore, inbox: string, storage: KeyValueStore = tabStorage) {
  const stored = read();
  const isOpen = signal(tabStorage.getItem(storageKey(inbox, 'open')) !== null);
  /** True until it is first closed or opened by a person: then nothing moves and no focus is taken. */
  const isRestored = signal(isOpen.value);
  const view = signal<PanelView>(stored?.view ?? 'chat');
  /** What stands in the details form and was not saved. */
  const form = signal<VisitorDetails | null>(stored?.form ?? null);
  const invitation = signal(stored?.invitation ?? null);
  /** Asked how to be reached, the visitor said no: it is not asked again. */
  const hasDeclined = signal(storage.getItem(storageKey(inbox, 'declined')) !== null);
  let place: ReadingPlace = stored?.place ?? null;

  function read(): StoredPanel | null {
    try {
      return JSON.parse(tabStorage.getItem(storageKey(inbox, 'panel')) ?? 'null');
    } catch {
      return null;
    }
  }

  function setOpen(next: boolean): void {
    isRestored.value = false;
    isOpen.value = next;
    if (next) tabStorage.setItem(storageKey(inbox, 'open'), '1');
    else tabStorage.removeItem(storageKey(inbox, 'open'));
  }

  return {
    isOpen,
    isRestored,
    view,
    form,
    invitation,
    hasDeclined,
    /** Shared by the tabs of the site, for what the parts beside the chat remember. */
    storage,
    inbox,
    decline(): void {
      hasDeclined.value = true;
      storage.setItem(storageKey(inbox, 'declined'), '1');
    },
    place: () => place,
    setPlace(next: ReadingPlace): void {
      place = next;
    },
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: () => setOpen(!isOpen.value),
    save(): void {
      const panel: StoredPanel = { view: view.value, place, form: form.value, invitation: invitation.value };
      tabStorage.setItem(storageKey(inbox, 'panel'), JSON.stringify(panel));
    },
    forget(): void {
      view.value = 'chat';
      form.value = null;
      invitation.value = null;
      place = null;
      tabStorage.removeItem(storageKey(inbox, 'panel'));
      hasDeclined.value = false;
      storage.removeItem(storageKey(inbox, 'declined'));
    },
  };
}

export type PanelState = ReturnType<typeof createPanelState>;
