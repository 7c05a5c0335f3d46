import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';

/** What every page beside the chat is given. */
export interface AsideProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
  onBack: () => void;
}
