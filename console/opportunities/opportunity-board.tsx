import { useId, useRef, useState } from 'preact/hooks';
import type { Board, Opportunity, Pipeline } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber, formatPercent } from '../ui/format.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { BoardCard, CardFace } from './board-card.tsx';
import { type CardPlace, put, without } from './board-state.ts';
import { type Lifted, useCardLift } from './card-lift.ts';
import { EndColumn } from './end-column.tsx';
import styles from './opportunity-board.module.css';
import { opportunityName, sumsText } from './opportunity-words.ts';

interface OpportunityBoardProps {
  pipeline: Pipeline;
  board: Board;
  mayEdit: boolean;
  nameOf: (agentId: string) => string | null;
  onOpen: (card: Opportunity) => void;
  onMove: (card: Opportunity, to: CardPlace) => void;
  onEnd: (card: Opportunity, status: 'won' | 'lost') => void;
  onMore: (stageId: string) => void;
}

/** Columns by stage. Cards go from one to another by pointer, by a finger that rests on them, by keys, and by their menu. */
export function OpportunityBoard({ pipeline, board, mayEdit, nameOf, onOpen, onMove, onEnd, onMore }: OpportunityBoardProps) {
  const box = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const [news, setNews] = useState('');
  const drop = ({ card, from, to }: Lifted) => {
    if (to === 'won' || to === 'lost') onEnd(card, to);
    else if (to.stageId !== from.stageId || to.index !== from.index) onMove(card, to);
  };
  const { lifted, ghost, setLifted, press, wasPulled } = useCardLift({ board: box, onDrop: drop });
  const shown = shownBoard(board, lifted);
  const stageName = (stageId: string) => pipeline.stages.find(({ id }) => id === stageId)?.name ?? '';
  const say = (to: CardPlace) => setNews(t('opportunities.isAt', { stage: stageName(to.stageId), place: to.index + 1 }));

  const onKey = (event: KeyboardEvent, card: Opportunity, at: CardPlace) => {
    const isHeld = lifted?.by === 'keyboard' && lifted.card.id === card.id;
    if (event.key === ' ') {
      event.preventDefault();
      if (!isHeld) {
        setLifted({ card, from: at, to: at, by: 'keyboard' });
        setNews(t('opportunities.lifted', { name: opportunityName(card) }));
        return;
      }
      setLifted(null);
      drop(lifted);
      setNews(t('opportunities.dropped', { name: opportunityName(card), stage: stageName(at.stageId) }));
      return;
    }
    if (!isHeld || typeof lifted.to === 'string') return;
    if (event.key === 'Escape') {
      event.preventDefault();
      setLifted(null);
      setNews(t('opportunities.putBack', { name: opportunityName(card) }));
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-card="${card.id}"]`)?.focus());
      return;
    }
    const to = stepTo(board, lifted.to, card, event.key);
    if (event.key.startsWith('Arrow') || event.key === 'Enter' || event.key === 'Tab') event.preventDefault();
    if (!to) return;
    setLifted({ ...lifted, to });
    say(to);
  };

  const choicesFor = (card: Opportunity): MenuItem[] => {
    if (!mayEdit) return [];
    const others = pipeline.stages.filter(({ id }) => id !== card.stageId);
    return [
      ...others.map(({ id, name }) => ({
        key: id,
        label: t('opportunities.moveTo', { stage: name }),
        onSelect: () => onMove(card, { stageId: id, index: 0 }),
      })),
      { key: 'won', label: t('opportunities.markWon'), icon: 'circle-check', hasLineBefore: true, onSelect: () => onEnd(card, 'won') },
      { key: 'lost', label: t('opportunities.markLost'), icon: 'x', onSelect: () => onEnd(card, 'lost') },
    ];
  };

  return (
    <>
      <p id={hintId} class="visually-hidden">
        {t('opportunities.keys')}
      </p>
      <div ref={box} class={styles.board} data-pulling={ghost !== null || undefined}>
        {pipeline.stages.map(({ id, name, probability }) => {
          const column = shown.columns.find(({ stageId }) => stageId === id);
          if (!column) return null;
          const isOver = lifted !== null && typeof lifted.to !== 'string' && lifted.to.stageId === id;
          return (
            <section key={id} class={styles.column} data-column={id} data-over={isOver || undefined} aria-label={name}>
              <header class={styles.head}>
                <h2 class={styles.stage}>
                  <bdi>{name}</bdi> <span class={styles.count}>{formatNumber(column.count)}</span>
                </h2>
                <p class={styles.sums}>
                  <span>{sumsText(column, 'amount')}</span>
                  {column.sums.length > 0 && (
                    <span title={t('opportunities.weightedHint', { percent: formatPercent(probability / 100) })}>
                      {t('opportunities.weighted', { amount: sumsText(column, 'weighted') })}
                    </span>
                  )}
                </p>
              </header>
              <ul class={styles.cards} data-cards>
                {column.items.map((card, index) => (
                  <BoardCard
                    key={card.id}
                    card={card}
                    ownerName={card.ownerId === null ? null : nameOf(card.ownerId)}
                    isLifted={lifted?.card.id === card.id}
                    hintId={hintId}
                    choices={choicesFor(card)}
                    onOpen={() => !wasPulled() && !lifted && onOpen(card)}
                    onPress={(event) => press(event, card, { stageId: id, index })}
                    onKey={(event) => onKey(event, card, { stageId: id, index })}
                  />
                ))}
                {column.items.length === 0 && <li class={styles.empty}>{t('opportunities.emptyStage')}</li>}
              </ul>
              {column.next !== null && (
                <Button size="small" look="quiet" onClick={() => onMore(id)}>
                  {t('action.more')}
                </Button>
              )}
            </section>
          );
        })}
        <div class={styles.ends}>
          <EndColumn status="won" tally={board.won} isOver={lifted?.to === 'won'} />
          <EndColumn status="lost" tally={board.lost} isOver={lifted?.to === 'lost'} />
        </div>
      </div>
      {ghost && lifted && (
        <div
          class={`${styles.card} ${styles.ghost}`}
          aria-hidden="true"
          style={{ insetBlockStart: `${ghost.y}px`, insetInlineStart: `${inlineStart(ghost)}px`, inlineSize: `${ghost.width}px` }}
        >
          <CardFace card={lifted.card} ownerName={lifted.card.ownerId === null ? null : nameOf(lifted.card.ownerId)} />
        </div>
      )}
      <p class="visually-hidden" role="status">
        {news}
      </p>
    </>
  );
}

/** The pointer is told from the left, whatever way the page is read. */
function inlineStart({ x, width }: { x: number; width: number }): number {
  return document.dir === 'rtl' ? document.documentElement.clientWidth - x - width : x;
}

/** With the card in the hand where it would come to lie. */
function shownBoard(board: Board, lifted: Lifted | null): Board {
  if (!lifted) return board;
  return typeof lifted.to === 'string' ? without(board, lifted.card.id) : put(board, lifted.card, lifted.to);
}

/** Up and down in a column, to the columns beside it as they are seen. Null at the edge. */
function stepTo(board: Board, at: CardPlace, card: Opportunity, key: string): CardPlace | null {
  const columns = board.columns.map(({ stageId, items }) => ({ stageId, count: items.filter(({ id }) => id !== card.id).length }));
  const column = columns.findIndex(({ stageId }) => stageId === at.stageId);
  const count = columns[column]?.count ?? 0;
  if (key === 'ArrowUp') return at.index > 0 ? { ...at, index: at.index - 1 } : null;
  if (key === 'ArrowDown') return at.index < count ? { ...at, index: at.index + 1 } : null;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step === undefined) return null;
  const next = columns[column + (document.dir === 'rtl' ? -step : step)];
  return next ? { stageId: next.stageId, index: Math.min(at.index, next.count) } : null;
}
