import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';
import { useLazy } from './use-lazy.ts';

export interface AsideProps {
  chat: Chat;
  panel: PanelState;
  settings: WidgetSettings;
  onBack: () => void;
}

const loaders = {
  callback: async () => (await import('./callback-form.tsx')).CallbackForm,
  transcript: async () => (await import('./transcript-form.tsx')).TranscriptForm,
  privacy: async () => (await import('./privacy-page.tsx')).PrivacyPage,
};

/** A page beside the chat, fetched when it is first shown. Drawn anew for each `view`. */
export function AsidePage({ view, ...props }: AsideProps & { view: keyof typeof loaders }) {
  const Page = useLazy(true, loaders[view]);
  return Page && <Page {...props} />;
}
