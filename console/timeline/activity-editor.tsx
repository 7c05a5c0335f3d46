import { useEffect, useRef, useState } from 'preact/hooks';
import type { Activity } from '../../shared/activity.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './activity-composer.module.css';
import { type ActivityDraft, type DraftFault, draftOf, inputsOf, toContent } from './activity-draft.ts';
import { ActivityFields } from './activity-fields.tsx';
import type { EntryActions } from './entry-actions.ts';

interface ActivityEditorProps {
  item: TimelineItem;
  actions: EntryActions;
  onClose: () => void;
}

/** What was written, in its fields. Whoever changed it meanwhile is not overwritten, and nothing that was typed is lost. */
export function ActivityEditor({ item, actions: { http, onChanged }, onClose }: ActivityEditorProps) {
  const [before, setBefore] = useState<Activity | null>(null);
  const [draft, setDraft] = useState<ActivityDraft | null>(null);
  const [fault, setFault] = useState<DraftFault | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // In whole, and as it is now: the page of the timeline may hold the beginning only.
    void http.get<Activity>(`/activities/${item.id}`).then((reply) => {
      if (!reply.ok) return setRefusal(errorText(reply.error));
      setBefore(reply.data);
      setDraft(draftOf(reply.data));
    });
  }, [http, item.id]);
  useEffect(() => {
    if (before) ref.current?.querySelector('textarea')?.focus();
  }, [before]);

  const close = () => {
    const entry = ref.current?.closest<HTMLElement>('[data-timeline-item]');
    onClose();
    entry?.focus();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!draft || !before || isBusy) return;
    const made = toContent(draft);
    if ('fault' in made) return setFault(made.fault);
    const { at, ...content } = made.content;
    const asBefore = inputsOf(before.at);
    // To the minute it is as it was: the seconds are not thrown away.
    const isSameMoment = draft.date === asBefore.date && draft.time === asBefore.time;
    setIsBusy(true);
    const reply = await http.patch<Activity>(`/activities/${item.id}`, {
      ...content,
      ...(!isSameMoment && at !== undefined && { at }),
      expectedUpdatedAt: before.updatedAt,
    });
    setIsBusy(false);
    if (!reply.ok) return setRefusal(reply.error.code === 'stale' ? t('timeline.stale') : errorText(reply.error));
    onChanged(reply.data);
    close();
  };
  return (
    <form
      ref={ref}
      class={styles.form}
      style={{ inlineSize: '100%' }}
      aria-label={t('timeline.edit')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        close();
      }}
    >
      {!draft && !refusal && <Skeleton rows={2} label={t('state.loading')} />}
      {draft && (
        <ActivityFields
          draft={draft}
          fault={fault}
          onChange={(part) => {
            setFault(null);
            setDraft({ ...draft, ...part });
          }}
        />
      )}
      {refusal && (
        <p class={styles.error} role="alert">
          {refusal}
        </p>
      )}
      <div class={styles.foot}>
        <Button look="quiet" onClick={close}>
          {t('action.cancel')}
        </Button>
        {draft && (
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('timeline.save')}
          </Button>
        )}
      </div>
    </form>
  );
}
