import { useEffect, useRef, useState } from 'preact/hooks';
import type { SlaPreview, SlaRules } from '../../shared/sla.ts';
import type { Http } from '../http.ts';
import { MomentField } from '../routing/moment-field.tsx';
import routing from '../routing/routing.module.css';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { formatMoment, formatSoon } from '../ui/format.ts';
import styles from './sla.module.css';
import type { SlaPlaces } from './sla-parts.ts';

/** Who types asks once, after the last key. */
const PAUSE_MS = 300;

interface PolicyPreviewProps {
  http: Http;
  rules: SlaRules;
  places: SlaPlaces;
}

/** For a chat that begins at a moment, when each promise would run out. The policy need not be saved. */
export function PolicyPreview({ http, rules, places: { inboxes, teams } }: PolicyPreviewProps) {
  const [at, setAt] = useState<number | null>(null);
  const [inboxId, setInboxId] = useState(inboxes[0]?.id ?? '');
  const [teamId, setTeamId] = useState('');
  const [shown, setShown] = useState<SlaPreview | null>(null);
  const isFirst = useRef(true);
  // Its name and whether it is on make no difference.
  const question = { rules: { ...rules, name: 'x', when: {} }, inboxId, teamId: teamId || null, ...(at !== null && { at }) };
  const key = JSON.stringify(question);
  useEffect(() => {
    let isOvertaken = false;
    const ask = async () => {
      const reply = await http.post<SlaPreview>('/sla-policies/preview', question);
      if (!isOvertaken && reply.ok) setShown(reply.data);
    };
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : PAUSE_MS);
    isFirst.current = false;
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [key]);
  return (
    <section class={styles.preview} aria-labelledby="sla-preview">
      <h3 id="sla-preview">{t('sla.preview')}</h3>
      <p class={styles.soft}>{t('sla.previewHint')}</p>
      <div class={routing.grid}>
        {inboxes.length > 1 && (
          <SelectField
            label={t('sla.inbox')}
            value={inboxId}
            options={inboxes.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={setInboxId}
          />
        )}
        {teams.length > 0 && (
          <SelectField
            label={t('conversation.team')}
            value={teamId}
            options={[{ value: '', label: t('sla.noTeam') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
            onChoose={setTeamId}
          />
        )}
      </div>
      <MomentField at={at} onChange={setAt} />
      {shown && (
        <>
          {rules.isBusinessTime && !shown.isOpen && (
            <p class={styles.soft}>
              {shown.opensAt === null ? t('sla.neverOpens') : t('sla.closedThen', { moment: formatSoon(shown.opensAt, Date.now()) })}
            </p>
          )}
          <dl class={styles.clocks}>
            {shown.clocks.map(({ target, warnAt, dueAt }) => (
              <div key={target} class={styles.clock}>
                <dt>{t(`sla.target.${target}`)}</dt>
                <dd>
                  {dueAt === null || warnAt === null ? (
                    t('sla.neverDue')
                  ) : (
                    <span title={formatMoment(dueAt)}>
                      {t('sla.dueAndWarned', { due: formatSoon(dueAt, Date.now()), warned: formatSoon(warnAt, Date.now()) })}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
