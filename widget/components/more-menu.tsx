import { useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';
import { glyph } from './glyphs.tsx';
import { useSpeech } from './speech.ts';
import { useLazy } from './use-lazy.ts';

interface MoreMenuProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
}

const MoreGlyph = glyph(<path d="M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0m7 0a1 1 0 1 0 2 0 1 1 0 1 0-2 0m7 0a1 1 0 1 0 2 0 1 1 0 1 0-2 0" />);

const loadItems = async () => (await import('./menu-items.tsx')).MenuItems;

/** What is needed seldom, behind three dots. */
export function MoreMenu(props: MoreMenuProps) {
  const { t } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const MenuItems = useLazy(true, loadItems);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t('more')}
        title={t('more')}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => event.key === 'ArrowDown' && setOpen(true)}
      >
        <MoreGlyph />
      </button>
      {isOpen && MenuItems && (
        <MenuItems
          {...props}
          onClose={(takesFocus) => {
            setOpen(false);
            if (takesFocus) button.current?.focus();
          }}
        />
      )}
    </>
  );
}
