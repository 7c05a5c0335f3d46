import type { Draft } from '../messages/drafts.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { late } from '../ui/late.tsx';
import styles from './advice-place.module.css';
import type { AdviceStripProps } from './advice-strip.tsx';
import type { Desk } from './desk.ts';
import { showProblem } from './desk-actions.ts';
import { openQuestionOf } from './standing-question.ts';

const AdviceStrip = late<AdviceStripProps>(async () => {
  const [{ AdviceStrip }] = await Promise.all([import('./advice-strip.tsx'), fetchShelf('advice')]);
  return AdviceStrip;
});

interface AdvicePlaceProps {
  desk: Desk;
  conversationId: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
  mayReply: boolean;
  isInFocus: boolean;
}

/**
 * Above the composer, for as long as a question stands unanswered. The room is there from the moment of the question, whatever is found:
 * nothing moves under the pointer when suggestions come.
 */
export function AdvicePlace({ desk, conversationId, draft, onChange, mayReply, isInFocus }: AdvicePlaceProps) {
  const questionId = mayReply && !desk.advice.isHidden.value ? openQuestionOf(desk, conversationId) : null;
  if (questionId === null) return null;
  return (
    <div class={styles.place}>
      <AdviceStrip
        desk={desk}
        conversationId={conversationId}
        questionId={questionId}
        draft={draft}
        onChange={onChange}
        isInFocus={isInFocus}
      />
    </div>
  );
}

/** In the composer's bar: suggestions or none, for this agent everywhere. */
export function AdviceSwitch({ desk }: { desk: Desk }) {
  const isHidden = desk.advice.isHidden.value;
  const turn = async () => {
    const reply = await desk.advice.hide(!isHidden);
    if (!reply.ok) showProblem(reply.error);
  };
  return <IconButton icon="lightbulb" label={t('advice.switch')} isPressed={!isHidden} onClick={() => void turn()} />;
}
