import type { Rating } from '../../shared/conversation.ts';
import { t } from '../texts/texts.ts';
import { Stars } from '../ui/stars.tsx';

/** What the customer thought of it, with the comment on hover. */
export function RatingStars({ rating: { score, comment } }: { rating: Rating }) {
  const label = t('rating.label', { score });
  return <Stars score={score} label={comment ? `${label}: ${comment}` : label} title={comment ?? label} />;
}
