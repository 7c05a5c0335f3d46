import type { ProposalPage } from '../../shared/proposal.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './proposals.module.css';

const proposalsPath = '/console/settings/answers?show=proposals';

/** Above the answers: how much agents' replies have to teach. */
export function ProposalsLink({ http }: { http: Http }) {
  const open = useRemote(() => http.get<ProposalPage>('/proposals', { limit: 1 }), []).value?.open ?? 0;
  return (
    <a class={[styles.link, open > 0 && styles.hasNews].filter(Boolean).join(' ')} href={proposalsPath}>
      <Icon name="lightbulb" size="small" />
      <span>{open > 0 ? t('proposals.open', { count: open }) : t('proposals.title')}</span>
    </a>
  );
}
