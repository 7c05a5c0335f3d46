import type { ComponentChildren } from 'preact';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Availability } from '../../shared/inbox.ts';
import { Face } from './face.tsx';
import { BackGlyph, CloseGlyph, PersonGlyph } from './glyphs.tsx';
import { useSpeech } from './speech.ts';

interface PanelHeaderProps {
  business: string;
  /** Whether people are shown with their faces. */
  hasFaces: boolean;
  assignee: VisitorConversation['assignee'];
  /** Who wrote last; not always the assignee. */
  answeredBy: string | null;
  /** Null until the server has said. */
  availability: Availability | null;
  /** While it is false nothing is said of who is here now. */
  isConnected: boolean;
  /** The visitor's own name, if it has told one. */
  visitorName: string | null;
  onBack?: (() => void) | undefined;
  onDetails: () => void;
  /** Stands before the button that closes. */
  menu?: ComponentChildren;
  onClose: () => void;
}

export function PanelHeader(props: PanelHeaderProps) {
  const { business, hasFaces, assignee, answeredBy, availability, visitorName, onBack, onDetails, onClose } = props;
  const { t, times } = useSpeech();
  const isStaffed = props.isConnected && availability?.staffed === true;
  const name = answeredBy ?? assignee?.name;
  const who = () => {
    if (isStaffed) return answeredBy ? t('talkingWith', { name: answeredBy }) : name ? t('willAnswer', { name }) : wait();
    if (props.isConnected && availability?.opensAt) return t('opensAt', { when: times.ahead(availability.opensAt) });
    if (name) return t('willAnswer', { name });
    return props.isConnected && availability ? t(availability.open ? 'unstaffed' : 'closed') : '\u00a0';
  };
  const wait = () => {
    const minutes = Math.ceil((availability?.expectedWaitMs ?? 0) / 60_000);
    return minutes ? t('answersIn', { count: minutes }) : t('staffed');
  };
  const faces = (isStaffed && !name && hasFaces && availability?.agents) || [];
  const detailsLabel = visitorName === null ? t('yourDetails') : t('detailsKnown', { name: visitorName });
  return (
    <div class="header">
      {onBack && (
        <button type="button" class="tool" aria-label={t('back')} onClick={onBack}>
          <BackGlyph />
        </button>
      )}
      <span class="faces">
        {faces.length > 0 ? (
          faces.slice(0, 3).map((agent) => <Face key={agent.name} name={agent.name} url={agent.avatarUrl} size="large" />)
        ) : (
          <Face name={(hasFaces && name) || business} url={hasFaces && assignee?.name === name ? assignee?.avatarUrl : null} size="large" />
        )}
      </span>
      <div class="titles">
        <h2 id="kesher-title">
          <bdi>{business}</bdi>
        </h2>
        <p class="presence" data-here={(isStaffed && (answeredBy !== null || !name)) || undefined}>
          {who()}
        </p>
      </div>
      <button type="button" class="tool" aria-label={detailsLabel} title={detailsLabel} onClick={onDetails}>
        <PersonGlyph />
      </button>
      <div class="tool more">{props.menu}</div>
      <button type="button" class="tool" aria-label={t('closeChat')} title={t('closeChat')} onClick={onClose}>
        <CloseGlyph />
      </button>
    </div>
  );
}
