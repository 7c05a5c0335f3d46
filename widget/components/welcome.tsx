import type { Availability } from '../../shared/inbox.ts';
import { useSpeech } from './speech.ts';

/** The first screen: what stands where no message does yet. */
export function Welcome({ greeting, availability }: { greeting: string | undefined; availability: Availability | null }) {
  const { t, times } = useSpeech();
  const when = availability?.opensAt;
  return (
    <div class="welcome">
      <p class="greeting" dir="auto">
        {greeting || t('welcome')}
      </p>
      <p>
        {availability?.staffed !== false
          ? t('welcomeStaffed')
          : when
            ? t('welcomeClosed', { when: times.ahead(when) })
            : t('welcomeUnstaffed')}
      </p>
    </div>
  );
}
