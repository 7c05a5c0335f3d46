import type { Availability } from '../../shared/inbox.ts';
import { useSpeech } from './speech.ts';

/** The first screen: what stands where no message does yet. */
export function Welcome({ greeting, availability }: { greeting: string | undefined; availability: Availability | null }) {
  const { t } = useSpeech();
  return (
    <div class="welcome">
      <p class="greeting" dir="auto">
        {greeting || t('welcome')}
      </p>
      <p>{t(availability?.staffed === false ? 'welcomeUnstaffed' : 'welcomeStaffed')}</p>
    </div>
  );
}
