import { useSpeech } from './speech.ts';

/** To the page on which the visitor moves or cancels its call. It stays when the window is closed. */
export function CallbackLink({ link }: { link: string }) {
  const { t } = useSpeech();
  return (
    <p class="callback-link">
      <a href={new URL(link, import.meta.url).href} target="_blank" rel="noopener noreferrer">
        {t('callbackChange')}
      </a>
    </p>
  );
}
