import { useState } from 'preact/hooks';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { RATING_COMMENT_MAX } from '../../shared/limits.ts';
import type { Chat } from '../chat-state.ts';
import { entrust } from '../errands.ts';
import type { PanelState } from '../panel-state.ts';
import { useSpeech } from './speech.ts';
import { useKept } from './use-kept.ts';

const scores = [1, 2, 3, 4, 5] as const;
const words = ['score1', 'score2', 'score3', 'score4', 'score5'] as const;

/** Asks once after an end how it was. Skipped or answered, it is not asked again. */
export function RatingCard({ chat, panel, conversation }: { chat: Chat; panel: PanelState; conversation: VisitorConversation }) {
  const { t } = useSpeech();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const [isSent, setSent] = useState(false);
  const [skipped, skip] = useKept(panel, 'unrated');
  const { id, lastSeq } = conversation;
  const stretch = `${id}:${lastSeq}`;

  if (isSent || conversation.rating) {
    return (
      <p class="notice" role="status">
        {isSent && t('ratingThanks')}
      </p>
    );
  }
  if (skipped === stretch) return null;
  const send = (event: Event) => {
    event.preventDefault();
    void entrust(chat.errands, 'conversation:rate', { conversationId: id, score, ...(comment.trim() && { comment: comment.trim() }) });
    setSent(true);
  };
  return (
    <form class="rating" onSubmit={send}>
      <fieldset>
        <legend>{t('ratingAsk')}</legend>
        <div class="stars">
          {scores.map((value) => (
            <label key={value} title={t(words[value - 1] ?? 'score5')} data-on={value <= score || undefined}>
              <input
                type="radio"
                class="unseen"
                name="kesher-score"
                value={value}
                checked={value === score}
                aria-label={t(words[value - 1] ?? 'score5')}
                onChange={() => setScore(value)}
              />
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="m12 3 2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.9z" />
              </svg>
            </label>
          ))}
        </div>
      </fieldset>
      {score > 0 && (
        <>
          <textarea
            rows={2}
            maxLength={RATING_COMMENT_MAX}
            dir={comment === '' ? undefined : 'auto'}
            aria-label={t('ratingComment')}
            placeholder={t('ratingComment')}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class="rate">
            {t('send')}
          </button>
        </>
      )}
      <button type="button" class="skip" onClick={() => skip(stretch)}>
        {t('skip')}
      </button>
    </form>
  );
}
