import { useSpeech } from './speech.ts';

const SHOWN_MAX = 9;

export function LauncherBadge({ unread }: { unread: number }) {
  const { t } = useSpeech();
  return (
    <div role="status">
      {unread > 0 && (
        <>
          <span class="badge" aria-hidden="true">
            {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
          </span>
          <span class="unseen">{t('unreadBadge', { count: unread })}</span>
        </>
      )}
    </div>
  );
}
