/**
 * Proactive invitations: fetched by the loader where an inbox has any, and decided here, in the visitor's browser, without a
 * socket. Each is shown once in its period, one at a time, never over an open panel or a conversation under way.
 */
import type { Availability } from '../shared/inbox.ts';
import type { Invitation } from '../shared/invitation.ts';
import { cartValueOf } from './cart-value.ts';
import type { WatchModule } from './handover.ts';
import { showCard } from './invitation-card.ts';
import { isDue } from './invitation-rules.ts';
import { storageKey } from './storage-keys.ts';
import { watchVisit } from './visit-watch.ts';

const LOOK_EVERY_MS = 500;
const DAY_MS = 86_400_000;
/** Whether anybody is there is asked again after this. */
const AVAILABILITY_FOR_MS = 60_000;

export const startWidget: WatchModule['startWidget'] = ({ server, inbox, settings, host, queue }) => {
  const frame = host.shadowRoot?.querySelector('div') as HTMLElement;
  const address = `${server}api/widget/${inbox}/`;
  const key = (name: 'invited' | 'visited' | 'active' | 'returning') => storageKey(inbox, name);
  /** When each was last shown, by id. */
  const shownAt = (): Record<string, number> => JSON.parse(localStorage[key('invited')] ?? '{}');
  let hide: (() => void) | undefined;
  let availability: Promise<Availability | null> | undefined;
  let askedAt = 0;
  let isAsking = false;

  // Without a storage "once" cannot be promised, so nobody is invited.
  let visit: ReturnType<typeof watchVisit>;
  try {
    shownAt();
    visit = watchVisit(key('visited'), key('returning'));
  } catch {
    return;
  }

  const isElsewhere = () => /open|hide/.test(frame.className) || localStorage[key('active')] !== undefined;
  const count = (id: string, what: 'shown' | 'accepted') =>
    void fetch(`${address}invitations/${encodeURIComponent(id)}/${what}`, { method: 'POST', keepalive: true, credentials: 'omit' }).catch(
      () => {},
    );

  const ask = () => {
    if (!availability || Date.now() - askedAt > AVAILABILITY_FOR_MS) {
      askedAt = Date.now();
      availability = fetch(`${address}availability`).then(
        (reply) => (reply.ok ? reply.json() : null),
        () => null,
      );
    }
    return availability;
  };
  const isHour = async (hours: Invitation['hours']) => {
    if (hours === 'any') return true;
    const now = await ask();
    return now !== null && (hours === 'staffed' ? now.open && now.staffed : now.open === (hours === 'open'));
  };

  const show = (invitation: Invitation, text: string) => {
    localStorage[key('invited')] = JSON.stringify({ ...shownAt(), [invitation.id]: Date.now() });
    count(invitation.id, 'shown');
    hide = showCard({
      host,
      text,
      dismissLabel: settings.dismissLabels[frame.lang as 'en'],
      isDark: settings.theme === 'dark' || (settings.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches),
      onDismiss() {
        hide = undefined;
      },
      onAccept() {
        hide = undefined;
        count(invitation.id, 'accepted');
        queue.push(['accept', { id: invitation.id, text }]);
        queue.push(['open']);
      },
    });
  };

  const look = async () => {
    const isAway = isElsewhere();
    if (isAway) hide?.();
    if (isAway) hide = undefined;
    if (isAway || hide || isAsking) return;
    const situation = visit.now(frame.lang, cartValueOf(queue));
    const times = shownAt();
    isAsking = true;
    for (const invitation of settings.invitations) {
      const text = invitation.text[frame.lang as 'en'];
      if (!text || Date.now() - (times[invitation.id] ?? 0) < invitation.onceInDays * DAY_MS || !isDue(invitation, situation)) continue;
      // While the server was asked, the visitor may have opened the panel, or another tab may have shown it.
      if (!(await isHour(invitation.hours)) || isElsewhere() || shownAt()[invitation.id] !== times[invitation.id]) continue;
      show(invitation, text);
      break;
    }
    isAsking = false;
  };
  setInterval(() => document.visibilityState === 'visible' && void look(), LOOK_EVERY_MS);
};
