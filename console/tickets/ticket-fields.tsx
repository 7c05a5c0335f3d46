import { type Priority, priorities } from '../../shared/routing.ts';
import type { TicketFile, TicketPatch } from '../../shared/ticket.ts';
import { t } from '../texts/texts.ts';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatMoment, formatSpan } from '../ui/format.ts';
import { SwitchField } from '../ui/switch-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { categoryName, categoryOptions, useChoices } from './choice-shelf.ts';
import { OwnFields } from './own-fields.tsx';
import { AssigneeField, TeamField } from './owner-fields.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';
import { ticketProblem } from './ticket-words.ts';
import type { TicketAtHand } from './use-ticket.ts';
import { WhoseTicket } from './whose-ticket.tsx';

interface TicketFieldsProps {
  desk: TicketDesk;
  file: TicketFile;
  mayEdit: boolean;
  mayFindPeople: boolean;
  change: TicketAtHand['change'];
}

/** Whose it is, what about, how urgent: changed where they stand. */
export function TicketFields({ desk, file, mayEdit, mayFindPeople, change }: TicketFieldsProps) {
  const { categories, reasons } = useChoices(desk.http);
  const { priority, categoryId, assigneeId, teamId, externalId, isHidden, reasonId } = file;
  const set = async (patch: Omit<TicketPatch, 'version'>) => {
    const reply = await change(patch);
    if (!reply.ok) showToast({ text: ticketProblem(reply.error), tone: 'problem' });
  };
  const reason = reasons.find(({ id }) => id === reasonId);
  return (
    <section class={styles.fields}>
      <WhoseTicket http={desk.http} file={file} mayEdit={mayEdit && mayFindPeople} change={change} />
      {reason && (
        <p class={styles.fact}>
          <span class={styles.soft}>{t('tickets.reason')}</span>
          <bdi>{reason.name}</bdi>
        </p>
      )}
      {mayEdit ? (
        <>
          <AssigneeField desk={desk} value={assigneeId} onChoose={(id) => void set({ assigneeId: id })} />
          <TeamField desk={desk} value={teamId} onChoose={(id) => void set({ teamId: id })} />
          <SelectField<Priority>
            label={t('tickets.priority')}
            value={priority}
            options={priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChoose={(value) => void set({ priority: value })}
          />
          {categories.length > 0 && (
            <SelectField
              label={t('tickets.category')}
              value={categoryId ?? ''}
              options={[{ value: '', label: t('tickets.none') }, ...categoryOptions(categories, categoryId)]}
              onChoose={(id) => void set({ categoryId: id || null })}
            />
          )}
          <div class={styles.fact}>
            <span class={styles.soft}>{t('tickets.externalId')}</span>
            <EditInPlace
              label={t('tickets.externalId')}
              editLabel={t('tickets.externalId')}
              value={externalId ?? ''}
              placeholder={t('tickets.none')}
              maxLength={100}
              onSave={async (text) => {
                const reply = await change({ externalId: text || null });
                return reply.ok ? null : ticketProblem(reply.error);
              }}
            />
          </div>
          <OwnFields desk={desk} file={file} mayEdit change={change} />
          <SwitchField
            label={t('tickets.hidden')}
            hint={t('tickets.hiddenHint')}
            isOn={isHidden}
            onChange={(isOn) => void set({ isHidden: isOn })}
          />
        </>
      ) : (
        <>
          <ReadFields desk={desk} file={file} category={categoryId && categoryName(categories, categoryId)} />
          <OwnFields desk={desk} file={file} mayEdit={false} change={change} />
        </>
      )}
      <Promises file={file} />
    </section>
  );
}

function ReadFields({ desk, file, category }: { desk: TicketDesk; file: TicketFile; category: string | null }) {
  const { agents, teams } = desk.colleagues;
  const rows = [
    [t('tickets.assignee'), agents.value.get(file.assigneeId ?? '')?.name ?? t('tickets.nobody')],
    [t('tickets.team'), teams.value.find(({ id }) => id === file.teamId)?.name],
    [t('tickets.priority'), t(`priority.${file.priority}`)],
    [t('tickets.category'), category],
    [t('tickets.externalId'), file.externalId],
  ] as const;
  return (
    <>
      {rows.map(
        ([label, value]) =>
          value && (
            <p key={label} class={styles.fact}>
              <span class={styles.soft}>{label}</span>
              <bdi>{value}</bdi>
            </p>
          ),
      )}
    </>
  );
}

/** What was promised, and which promises were not kept. */
function Promises({ file: { policy, breaches, sla, overAt } }: { file: TicketFile }) {
  if (!policy && breaches.length === 0) return null;
  const promises = policy
    ? [
        policy.firstResponseMs !== null && t('tickets.promiseFirst', { time: formatSpan(policy.firstResponseMs) }),
        policy.resolutionMs !== null && t('tickets.promiseResolution', { time: formatSpan(policy.resolutionMs) }),
      ].filter((one) => one !== false)
    : [];
  return (
    <div class={styles.promises}>
      {policy && <p class={styles.soft}>{t('tickets.promise', { name: policy.name, promises: promises.join(', ') })}</p>}
      {policy && !sla && overAt === null && <p class={styles.soft}>{t('tickets.pause')}</p>}
      {breaches.map(({ target, dueAt, lateMs }) => (
        <p key={`${target} ${dueAt}`} class={styles.late}>
          {t(target === 'resolution' ? 'tickets.solve' : 'tickets.status.open')}:{' '}
          {lateMs === null ? t('tickets.lateStill', { moment: formatMoment(dueAt) }) : t('tickets.late', { time: formatSpan(lateMs) })}
        </p>
      ))}
    </div>
  );
}
