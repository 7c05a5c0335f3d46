import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';

const PAGE = '/console/opportunities';

/** Opens what the address names: where a timeline leads to. Answers with what leaves that address again. */
export function useAskedOpportunity(http: Http, id: string | null, onFound: (opportunity: Opportunity) => void): () => void {
  const { route } = useLocation();
  const leave = () => {
    if (id !== null) route(PAGE, true);
  };
  useEffect(() => {
    if (id === null) return undefined;
    let isOver = false;
    void http.get<Opportunity>(`/opportunities/${id}`).then((reply) => {
      if (isOver) return;
      if (reply.ok) return onFound(reply.data);
      showToast({ text: reply.error.code === 'not-found' ? t('opportunities.gone') : errorText(reply.error), tone: 'problem' });
      leave();
    });
    return () => {
      isOver = true;
    };
  }, [http, id]);
  return leave;
}
