import { useEffect, useRef } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState, PanelView } from '../panel-state.ts';
import css from './menu-items.css?inline';
import { useSpeech } from './speech.ts';
import { useKept } from './use-kept.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

interface MenuItemsProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
  /** `takesFocus`: back to the button; not where another place has the focus now. */
  onClose: (takesFocus: boolean) => void;
}

interface Item {
  label: string;
  isChecked?: boolean;
  run: () => void;
}

export function MenuItems({ chat, panel, settings, onClose }: MenuItemsProps) {
  const { t } = useSpeech();
  const menu = useRef<HTMLDivElement>(null);
  useStyle(menu, css);
  const [muted, setMuted] = useKept(panel, 'muted');
  const conversation = useValue(chat.conversation);
  const visitor = useValue(chat.visitor);
  const isLive = useValue(chat.status) === 'live';

  const buttons = () => [...(menu.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  useEffect(() => {
    buttons()[0]?.focus();
    const root = menu.current?.getRootNode() as Document | ShadowRoot;
    const closeOutside = (event: Event) => {
      if (!menu.current?.parentElement?.contains(event.target as Node)) onClose(false);
    };
    root.addEventListener('pointerdown', closeOutside);
    return () => root.removeEventListener('pointerdown', closeOutside);
  }, []);

  const go = (view: PanelView) => () => {
    panel.view.value = view;
  };
  const items: Item[] = [];
  if (settings.hasSound) items.push({ label: t('sound'), isChecked: muted === null, run: () => setMuted(muted === null ? '1' : null) });
  if (settings.hasCallback) items.push({ label: t('callback'), run: go('callback') });
  if (conversation && settings.hasTranscript && settings.hasMail) items.push({ label: t('transcript'), run: go('transcript') });
  if (visitor?.isVerified) items.push({ label: t('myTickets'), run: go('tickets') });
  items.push({ label: t('myData'), run: go('privacy') });
  if (conversation && conversation.status !== 'resolved' && isLive)
    items.push({ label: t('endChat'), run: () => void chat.ask('conversation:end', { conversationId: conversation.id }) });

  const onKeyDown = (event: KeyboardEvent) => {
    const stops = buttons();
    const root = menu.current?.getRootNode() as Document | ShadowRoot;
    const at = stops.indexOf(root.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') onClose(event.key === 'Escape');
    else if (to === undefined) return;
    else stops.at(to % stops.length)?.focus();
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={menu} class="menu" role="menu" aria-label={t('more')} tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map(({ label, isChecked, run }) => (
        <button
          key={label}
          type="button"
          {...roleOf(isChecked)}
          tabIndex={-1}
          onClick={() => {
            onClose(true);
            run();
          }}
        >
          {label}
          {isChecked !== undefined && (
            <span class="switch" aria-hidden="true">
              <i />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

function roleOf(isChecked: boolean | undefined) {
  return isChecked === undefined ? ({ role: 'menuitem' } as const) : ({ role: 'menuitemcheckbox', 'aria-checked': isChecked } as const);
}
