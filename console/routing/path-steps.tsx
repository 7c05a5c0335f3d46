import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Reason, SimulatedPath } from '../../shared/routing.ts';
import { reasonText } from '../messages/reason-text.ts';
import { ReasonList } from '../messages/routed-line.tsx';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatMoment, formatSpan } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { nameIn, ruleSentence } from './rule-sentence.ts';

const CANDIDATES_FIRST = 5;

/** A chat's way, step by step: rule, team, hours, who was thought of, what comes of it, and what comes after. */
export function PathSteps({ path }: { path: SimulatedPath }) {
  const { draft, teams, inboxes } = useRoutingForm();
  const rule = draft.rules.find(({ id }) => id === path.ruleId);
  const priority = t(`priority.${path.priority}`);
  const team = path.teamId === null ? null : (nameIn(teams, path.teamId) ?? t('routing.goneTeam'));
  return (
    <ol class={styles.steps}>
      <Step icon="route" name={t('routing.sim.step.rule')}>
        <p class={styles.strong}>{rule ? t('routing.sim.rule', { name: rule.name }) : t('routing.sim.noRule')}</p>
        <p class={styles.soft}>{rule ? ruleSentence(rule, { teams, inboxes }) : t('routing.otherwiseRule')}</p>
      </Step>
      <Step icon="users" name={t('routing.sim.step.team')}>
        <p>{team === null ? t('routing.sim.noTeam', { priority }) : t('routing.sim.team', { name: team, priority })}</p>
      </Step>
      <Step icon="clock" name={t('routing.sim.step.hours')}>
        <p>{hoursText(path)}</p>
      </Step>
      <Step icon="user-round" name={t('routing.sim.step.candidates')}>
        <Candidates candidates={path.candidates} chosenId={path.agentId} />
      </Step>
      <Step icon={path.outcome === 'assigned' ? 'check' : 'clock'} name={t('routing.sim.step.outcome')}>
        <p class={styles.outcome} data-outcome={path.outcome}>
          {outcomeText(path)}
        </p>
        {path.reasons.length > 0 && (
          <details class={styles.why} open>
            <summary>{t('reason.why')}</summary>
            <ReasonList reasons={path.reasons} />
          </details>
        )}
      </Step>
      <Step icon="forward" name={t('routing.sim.step.then')}>
        {path.then.length === 0 ? (
          <p class={styles.soft}>{t('routing.sim.nothingAfter')}</p>
        ) : (
          <ul class={styles.after}>
            {path.then.map((next) => (
              <li key={`${next.code} ${next.afterSeconds}`}>{thenText(next)}</li>
            ))}
          </ul>
        )}
      </Step>
    </ol>
  );
}

function Step({ icon, name, children }: { icon: IconName; name: string; children: ComponentChildren }) {
  return (
    <li class={styles.step}>
      <span class={styles.dot}>
        <Icon name={icon} size="small" />
      </span>
      <div class={styles.stepBody}>
        <h3>{name}</h3>
        {children}
      </div>
    </li>
  );
}

function Candidates({ candidates, chosenId }: { candidates: SimulatedPath['candidates']; chosenId: string | null }) {
  const [isWhole, setIsWhole] = useState(false);
  if (candidates.length === 0) return <p class={styles.soft}>{t('routing.sim.noCandidates')}</p>;
  const shown = isWhole ? candidates : candidates.slice(0, CANDIDATES_FIRST);
  const rest = candidates.length - shown.length;
  return (
    <>
      <ul class={styles.candidates}>
        {shown.map(({ agentId, name, isFit, load, capacity, reasons }) => (
          <li key={agentId} class={styles.candidate} data-chosen={agentId === chosenId || undefined}>
            <div class={styles.candidateHead}>
              <bdi class={styles.strong}>{name}</bdi>
              <Badge tone={isFit ? 'green' : 'neutral'}>
                <Icon name={isFit ? 'check' : 'x'} size="small" />
                {t(isFit ? 'routing.sim.fit' : 'routing.sim.unfit')}
              </Badge>
              <span class={styles.soft}>{t('routing.sim.load', { load, capacity })}</span>
            </div>
            <ReasonList reasons={reasons.filter(({ code }) => code !== 'load')} textOf={ownReasonText} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <div>
          <Button size="small" onClick={() => setIsWhole(true)}>
            {t('routing.sim.moreCandidates', { count: rest })}
          </Button>
        </div>
      )}
    </>
  );
}

/** Of one agent alone: what would be said of everybody is said of this one. */
function ownReasonText(reason: Reason): string {
  return reason.code === 'nobody' ? t(`routing.sim.not.${reason.state}`) : reasonText(reason);
}

function hoursText({ isOpen, opensAt }: SimulatedPath): string {
  if (isOpen) return t('routing.sim.open');
  return opensAt === null ? t('routing.sim.closed') : t('routing.sim.closedUntil', { moment: formatMoment(opensAt) });
}

function outcomeText({ outcome, agentId, candidates, place, expectedWaitMs }: SimulatedPath): string {
  if (outcome === 'assigned') return t('routing.sim.assigned', { name: candidates.find((one) => one.agentId === agentId)?.name ?? '' });
  if (outcome === 'picked-by-agents') return t('routing.sim.picked-by-agents');
  if (outcome !== 'queued') return t(`routing.sim.outcome.${outcome}`);
  if (expectedWaitMs === null) return t('routing.sim.queued', { place: place ?? 1 });
  return t('routing.sim.queuedFor', { place: place ?? 1, time: formatSpan(Math.ceil(expectedWaitMs / 60_000) * 60_000) });
}

function thenText({ code, afterSeconds, name }: SimulatedPath['then'][number]): string {
  const time = formatSpan(afterSeconds * 1_000);
  if (code === 'overflow') return t('routing.sim.then.overflow', { time, name: name ?? '' });
  if (code === 'callback' && afterSeconds === 0) return t('routing.sim.then.callbackNow');
  return t(`routing.sim.then.${code}`, { time });
}
