import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Agent, Permission } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { LostReasonList, Opportunity, Pipeline } from '../../shared/opportunity.ts';
import type { Connection } from '../connection.ts';
import type { Http } from '../http.ts';
import { PurchaseDialog } from '../purchases/purchase-dialog.tsx';
import { newLine } from '../purchases/purchase-draft.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { BoardState } from './board-state.ts';
import { LostDialog } from './lost-dialog.tsx';
import styles from './opportunities-page.module.css';
import { OpportunityBoard } from './opportunity-board.tsx';
import { OpportunityDialog } from './opportunity-dialog.tsx';
import { OpportunityList } from './opportunity-list.tsx';
import { opportunityName } from './opportunity-words.ts';
import { SalesBar, type SalesView } from './sales-bar.tsx';
import { useSalesNews } from './sales-news.ts';
import { SearchedFor } from './searched-for.tsx';
import { useLinkedCard } from './use-linked-card.ts';

interface OpportunitiesPageProps {
  http: Http;
  connection: Connection;
  may: (permission: Permission) => boolean;
  /** The one that the address names is opened over the board. */
  linkedId: string | null;
}

/** What may be sold: one pipeline as a board, or everything as a list. */
export function OpportunitiesPage({ http, connection, may, linkedId }: OpportunitiesPageProps) {
  const pipelines = useRemote(() => http.get<{ items: Pipeline[] }>('/pipelines'), []);
  const agents = useRemote(() => http.get<{ items: Agent[] }>('/agents'), []);
  const reasons = useRemote(() => http.get<LostReasonList>('/lost-reasons'), []);
  const [view, setView] = useState<SalesView>({ pipelineId: '', owner: '', q: '', look: 'board' });
  const [open, setOpen] = useState<'new' | Opportunity | null>(null);
  const leaveLink = useLinkedCard(http, linkedId, setOpen);
  const [losing, setLosing] = useState<Opportunity | null>(null);
  const [won, setWon] = useState<Opportunity | null>(null);
  const [turn, setTurn] = useState(0);
  const state = useMemo(() => new BoardState(http), [http]);
  const used = (pipelines.value?.items ?? []).filter(({ archivedAt }) => archivedAt === null);
  const pipeline = used.find(({ id }) => id === view.pipelineId) ?? used[0];
  const mayEdit = may('opportunities:edit');
  const colleagues = agents.value?.items ?? [];
  const nameOf = (agentId: string) => colleagues.find(({ id }) => id === agentId)?.name ?? null;

  useEffect(() => {
    if (pipeline) state.show({ pipelineId: pipeline.id, owner: view.owner, q: view.q });
  }, [state, pipeline?.id, view.owner, view.q]);
  useEffect(() => () => state.close(), [state]);
  useSalesNews(connection, {
    changed: (opportunity) => {
      state.changed(opportunity);
      setTurn((held) => held + 1);
    },
    stirred: () => {
      state.stir();
      setTurn((held) => held + 1);
    },
    pipelinesChanged: () => {
      pipelines.reload();
      reasons.reload();
      state.stir();
    },
  });

  const tell = (card: Opportunity, error: ErrorReply | null) => {
    if (!error) return;
    showToast({
      text: error.code === 'stale' ? t('opportunities.movedMeanwhile', { name: opportunityName(card) }) : errorText(error),
      tone: 'problem',
    });
  };
  const end = async (card: Opportunity, status: 'won' | 'lost') => {
    if (status === 'lost') return setLosing(card);
    const error = await state.end(card, { status, lostReasonId: null, lostNote: null });
    if (error) return tell(card, error);
    offerPurchase(card);
  };
  const offerPurchase = (card: Opportunity) => {
    if (may('purchases:edit')) setWon(card);
    else showToast({ text: t('opportunities.wonToast', { name: opportunityName(card) }) });
  };
  const reload = () => {
    void state.load();
    setTurn((held) => held + 1);
  };
  const error = pipelines.error ?? state.error.value;
  const board = state.board.value;

  return (
    <main class={styles.page}>
      <SalesBar view={view} pipelines={used} pipelineId={pipeline?.id ?? ''} onChange={setView} colleagues={colleagues}>
        {mayEdit && pipeline && (
          <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
            {t('opportunities.add')}
          </Button>
        )}
      </SalesBar>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button
            onClick={() => {
              pipelines.reload();
              void state.load();
            }}
          >
            {t('action.retry')}
          </Button>
        </EmptyState>
      )}
      {!error && !pipelines.value && <Skeleton rows={4} label={t('state.loading')} />}
      {pipelines.value && !pipeline && (
        <EmptyState
          icon="columns-3"
          title={t('opportunities.noPipeline')}
          text={t(may('crm:manage') ? 'opportunities.noPipelineHint' : 'opportunities.noPipelineAsk')}
        >
          {may('crm:manage') && (
            <a class={styles.link} href="/console/settings/pipelines">
              {t('opportunities.toPipelines')}
            </a>
          )}
        </EmptyState>
      )}
      {pipeline && view.look === 'board' && !error && !board && <Skeleton rows={4} label={t('state.loading')} />}
      {view.look === 'board' && <SearchedFor corrections={board?.corrections} />}
      {pipeline && view.look === 'board' && board && (
        <OpportunityBoard
          key={pipeline.id}
          pipeline={pipeline}
          board={board}
          mayEdit={mayEdit}
          nameOf={nameOf}
          onOpen={setOpen}
          onMove={async (card, to) => tell(card, await state.move(card, to))}
          onEnd={(card, status) => void end(card, status)}
          onMore={async (stageId) => {
            const refusal = await state.loadMore(stageId);
            if (refusal) showToast({ text: errorText(refusal), tone: 'problem' });
          }}
        />
      )}
      {pipeline && view.look === 'list' && (
        <OpportunityList
          http={http}
          view={{ ...view, pipelineId: pipeline.id }}
          pipeline={pipeline}
          turn={turn}
          nameOf={nameOf}
          onOpen={setOpen}
        />
      )}
      {open && pipeline && (
        <OpportunityDialog
          key={open === 'new' ? 'new' : open.id}
          http={http}
          pipelines={used}
          sellers={colleagues}
          opportunity={open === 'new' ? null : open}
          begun={{ pipelineId: pipeline.id }}
          reasons={reasons.value?.items ?? []}
          mayEdit={mayEdit}
          maySeeDocuments={may('contacts:view')}
          onChanged={reload}
          onWon={offerPurchase}
          onClose={() => {
            setOpen(null);
            leaveLink();
          }}
        />
      )}
      {losing && (
        <LostDialog
          opportunity={losing}
          reasons={reasons.value?.items ?? []}
          onLost={async (why) => {
            setLosing(null);
            tell(losing, await state.end(losing, { status: 'lost', ...why }));
          }}
          onClose={() => setLosing(null)}
        />
      )}
      {won && (
        <PurchaseDialog
          http={http}
          contactId={won.contact.id}
          purchase={null}
          currency={won.currency}
          begun={{ opportunityId: won.id, lines: [newLine({ product: opportunityName(won), unitPrice: won.amount })] }}
          mayEdit
          onChanged={reload}
          onClose={() => setWon(null)}
        />
      )}
    </main>
  );
}
