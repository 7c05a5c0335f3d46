import { useState } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { LostReasonList, Opportunity } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatDate } from '../ui/format.ts';
import rows from '../ui/rows.module.css';
import { LostForm } from './lost-form.tsx';
import styles from './opportunity-dialog.module.css';
import { opportunityName } from './opportunity-words.ts';

interface OpportunityEndingProps {
  http: Http;
  opportunity: Opportunity;
  reasons: LostReasonList['items'];
  mayEdit: boolean;
  onChanged: () => void;
  onWon?: ((opportunity: Opportunity) => void) | undefined;
  onClose: () => void;
}

/** How it ended, or how to end it; and how to take it away. */
export function OpportunityEnding({ http, opportunity, reasons, mayEdit, onChanged, onWon, onClose }: OpportunityEndingProps) {
  const [asked, setAsked] = useState<'lost' | 'remove' | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const { id, status, stageId, lostReasonId, lostNote, closedAt } = opportunity;
  const from = { stageId, status };
  const finish = (reply: Reply<unknown>): boolean => {
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return false;
    onChanged();
    onClose();
    return true;
  };
  const win = async () => {
    const reply = await http.post<Opportunity>(`/opportunities/${id}/close`, { from, status: 'won' });
    if (finish(reply) && reply.ok) onWon?.(reply.data);
  };
  const reason = reasons.find((one) => one.id === lostReasonId)?.name;
  return (
    <section class={styles.ending} aria-label={t('opportunities.ending')}>
      {status !== 'open' && (
        <p class={styles.ended}>
          <Badge tone={status === 'won' ? 'green' : 'neutral'}>{t(`opportunities.${status}`)}</Badge>
          {closedAt !== null && <span>{formatDate(closedAt)}</span>}
          {reason && <bdi>{reason}</bdi>}
          {lostNote && <span dir="auto">{lostNote}</span>}
        </p>
      )}
      {mayEdit && asked === null && (
        <div class={rows.actions}>
          {status === 'open' && (
            <>
              <Button size="small" icon="circle-check" onClick={win}>
                {t('opportunities.markWon')}
              </Button>
              <Button size="small" icon="x" onClick={() => setAsked('lost')}>
                {t('opportunities.markLost')}
              </Button>
            </>
          )}
          {status === 'won' && onWon && (
            <Button
              size="small"
              icon="shopping-cart"
              onClick={() => {
                onClose();
                onWon(opportunity);
              }}
            >
              {t('opportunities.makePurchase')}
            </Button>
          )}
          {status !== 'open' && (
            <Button
              size="small"
              icon="rotate-ccw"
              onClick={async () => finish(await http.post(`/opportunities/${id}/move`, { from, stageId, afterId: null }))}
            >
              {t('opportunities.reopen')}
            </Button>
          )}
          <Button size="small" look="danger" icon="trash-2" onClick={() => setAsked('remove')}>
            {t('opportunities.remove')}
          </Button>
        </div>
      )}
      {asked === 'lost' && (
        <LostForm
          reasons={reasons}
          onCancel={() => setAsked(null)}
          onLost={async (why) => finish(await http.post(`/opportunities/${id}/close`, { from, status: 'lost', ...why }))}
        />
      )}
      {asked === 'remove' && (
        <div class={rows.warning}>
          <p>{t('opportunities.removeText', { name: opportunityName(opportunity) })}</p>
          <div class={rows.actions}>
            <Button onClick={() => setAsked(null)}>{t('action.cancel')}</Button>
            <Button look="danger" onClick={async () => finish(await http.delete(`/opportunities/${id}`))}>
              {t('opportunities.removeNow')}
            </Button>
          </div>
        </div>
      )}
      {error && (
        <p class={rows.error} role="alert">
          {error.code === 'stale' ? t('opportunities.stale') : errorText(error)}
        </p>
      )}
    </section>
  );
}
