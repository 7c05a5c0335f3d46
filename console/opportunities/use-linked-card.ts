import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Opens the opportunity that the address names. Returns how to leave it, so that the same link opens it again. */
export function useLinkedCard(http: Http, linkedId: string | null, onOpen: (opportunity: Opportunity) => void): () => void {
  const { route } = useLocation();
  const leave = () => {
    if (linkedId !== null) route('/console/opportunities', true);
  };
  useEffect(() => {
    if (linkedId === null) return undefined;
    let isGone = false;
    void http.get<Opportunity>(`/opportunities/${encodeURIComponent(linkedId)}`).then((reply) => {
      if (isGone) return;
      if (reply.ok) return onOpen(reply.data);
      showToast({ text: errorText(reply.error), tone: 'problem' });
      leave();
    });
    return () => {
      isGone = true;
    };
  }, [http, linkedId]);
  return leave;
}
