import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TicketFile, TicketWork } from '../../shared/ticket.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { formatSpan } from '../ui/format.ts';
import { useRemotePages } from '../ui/use-remote.ts';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';
import { useBegun } from './use-begun.ts';
import { WorkEntry } from './work-entry.tsx';

const MINUTE_MS = 60_000;

/** What was done, for colleagues alone: newest first, one's own entries to be changed. */
export function WorkLog({ desk, file, mayEdit }: { desk: TicketDesk; file: TicketFile; mayEdit: boolean }) {
  const { http, agentId } = desk;
  const route = `/tickets/${file.id}/log`;
  const pages = useRemotePages<TicketWork>(
    (cursor) => http.get(route, { limit: 30, cursor: cursor ?? undefined }),
    [http, route, file.updatedAt],
  );
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>
        {t('tickets.log')}
        {file.minutes > 0 && <span class={styles.soft}> · {t('tickets.logTotal', { time: formatSpan(file.minutes * MINUTE_MS) })}</span>}
      </h2>
      {pages.items.length === 0 && pages.phase === 'idle' && <p class={styles.soft}>{t('tickets.logEmpty')}</p>}
      {mayEdit && (
        <NewWork desk={desk} route={route} ticketId={file.id} onAdded={(work) => pages.patch((items) => withWork(items, work))} />
      )}
      <ul class={styles.entries}>
        {pages.items.map((work) => (
          <WorkEntry
            key={work.id}
            http={http}
            route={route}
            work={work}
            isOwn={mayEdit && work.agent?.id === agentId}
            onChanged={(changed) => pages.patch((items) => items.map((one) => (one.id === changed.id ? changed : one)))}
            onRemoved={() => pages.patch((items) => items.filter(({ id }) => id !== work.id))}
            onPutBack={(back) => pages.patch((items) => withWork(items, back))}
          />
        ))}
      </ul>
      {pages.hasMore && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}

/** Newest first; what was told while it was on its way is there once. */
function withWork(items: readonly TicketWork[], work: TicketWork): TicketWork[] {
  return [work, ...items.filter(({ id }) => id !== work.id)].toSorted((one, other) => other.at - one.at);
}

interface NewWorkProps {
  desk: TicketDesk;
  route: string;
  ticketId: string;
  onAdded: (work: TicketWork) => void;
}

function NewWork({ desk: { http, agentId }, route, ticketId, onAdded }: NewWorkProps) {
  const [text, write, forget] = useBegun(`work ${agentId} ${ticketId}`);
  const [minutes, setMinutes] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const sent = useRef({ id: '', words: '' });
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [problem]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const spent = Math.round(Number(minutes || 0));
    if (isBusy || (text.trim() === '' && spent === 0)) return;
    const words = `${text} ${spent}`;
    if (sent.current.words !== words) sent.current = { id: nanoid(), words };
    setIsBusy(true);
    const reply = await http.post<TicketWork>(route, { id: sent.current.id, text, minutes: spent });
    setIsBusy(false);
    if (!reply.ok) return setProblem(errorText(reply.error));
    setProblem(undefined);
    forget();
    setMinutes('');
    sent.current = { id: '', words: '' };
    onAdded(reply.data);
  };
  return (
    <form ref={box} class={styles.work} onSubmit={submit}>
      <TextAreaField label={t('tickets.logText')} rows={2} maxLength={8_000} value={text} onInput={write} error={problem} />
      <div class={styles.workFoot}>
        <span class={styles.minutes}>
          <TextField
            label={t('tickets.logMinutes')}
            inputMode="numeric"
            dir="ltr"
            value={minutes}
            maxLength={4}
            onInput={(typed) => setMinutes(typed.replace(/\D/g, ''))}
          />
        </span>
        <Button type="submit" isBusy={isBusy}>
          {t('tickets.logAdd')}
        </Button>
      </div>
    </form>
  );
}
