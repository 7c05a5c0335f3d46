import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Availability } from '../../shared/inbox.ts';
import { Face } from './face.tsx';
import { BackGlyph, CloseGlyph, PersonGlyph } from './glyphs.tsx';
import { useSpeech } from './speech.ts';

interface PanelHeaderProps {
  business: string;
  assignee: VisitorConversation['assignee'];
  /** Null until the server has said. */
  availability: Availability | null;
  /** The visitor's own name, if it has told one. */
  visitorName: string | null;
  onBack?: (() => void) | undefined;
  onDetails: () => void;
  onClose: () => void;
}

export function PanelHeader({ business, assignee, availability, visitorName, onBack, onDetails, onClose }: PanelHeaderProps) {
  const { t, times } = useSpeech();
  const isHere = assignee !== null || availability?.staffed === true;
  const who = () => {
    if (assignee) return t('talkingWith', { name: assignee.name });
    if (!availability) return '\u00a0';
    if (availability.staffed) return t('staffed');
    return availability.opensAt === null ? t('unstaffed') : t('opensAt', { when: times.ahead(availability.opensAt) });
  };
  const detailsLabel = visitorName === null ? t('yourDetails') : t('detailsKnown', { name: visitorName });
  return (
    <div class="header">
      {onBack && (
        <button type="button" class="tool" aria-label={t('back')} onClick={onBack}>
          <BackGlyph />
        </button>
      )}
      <Face name={assignee?.name ?? business} url={assignee?.avatarUrl} size="large" />
      <div class="titles">
        <h2 id="kesher-title">
          <bdi>{business}</bdi>
        </h2>
        <p class="presence" data-here={isHere || undefined}>
          {who()}
        </p>
      </div>
      <button type="button" class="tool" aria-label={detailsLabel} title={detailsLabel} onClick={onDetails}>
        <PersonGlyph />
      </button>
      <button type="button" class="tool" aria-label={t('closeChat')} title={t('closeChat')} onClick={onClose}>
        <CloseGlyph />
      </button>
    </div>
  );
}
