import type { AsideProps } from './aside-props.ts';
import { useLazy } from './use-lazy.ts';

const loaders = {
  callback: async () => (await import('./callback-form.tsx')).CallbackForm,
  transcript: async () => (await import('./transcript-form.tsx')).TranscriptForm,
  tickets: async () => (await import('./ticket-list.tsx')).TicketList,
  privacy: async () => (await import('./privacy-page.tsx')).PrivacyPage,
};

/** A page beside the chat, fetched when it is first shown. Drawn anew for each `view`. */
export function AsidePage({ view, ...props }: AsideProps & { view: keyof typeof loaders }) {
  const Page = useLazy(true, loaders[view]);
  return Page && <Page {...props} />;
}
