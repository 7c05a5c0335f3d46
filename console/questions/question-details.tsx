import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { AnswerDraftProposal, QuestionExample, QuestionGroup } from '../../shared/question.ts';
import { answerPath } from '../answers/answer-path.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { showToast } from '../ui/toast.tsx';
import { useMedia } from '../ui/use-media.ts';
import { useRemotePages } from '../ui/use-remote.ts';
import { beginAnswer, fetchProposal } from './answer-making.ts';
import { DayBars, spanText } from './day-bars.tsx';
import { ExampleList } from './example-list.tsx';
import type { GroupActions } from './group-actions.ts';
import { MakeCannedDialog } from './make-canned-dialog.tsx';
import styles from './question-details.module.css';
import { barsOf, daysToMoments } from './question-filter.ts';

/** Each bar is pressed with a finger or a mouse. */
const BARS_MAX = 45;
const NARROW_BARS_MAX = 13;

interface QuestionDetailsProps {
  http: Http;
  agentId: string;
  group: QuestionGroup;
  firstDay: string;
  lastDay: string;
  asked: { inboxId?: string; language?: string };
  actions: GroupActions;
  mayChange: boolean;
}

/** What is behind the numbers of one group: its days, who asked what, and what can be made of it. */
export function QuestionDetails({ http, agentId, group, firstDay, lastDay, asked, actions, mayChange }: QuestionDetailsProps) {
  const { route } = useLocation();
  const isNarrow = useMedia('(max-width: 767px)');
  const [bar, setBar] = useState<{ first: string; last: string } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [canned, setCanned] = useState<AnswerDraftProposal | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { from, to } = bar ? daysToMoments(bar.first, bar.last) : daysToMoments(firstDay, lastDay);
  const pages = useRemotePages<QuestionExample>(
    (cursor) => http.get(`/questions/${group.id}/examples`, { ...asked, from, to, limit: 10, cursor: cursor ?? undefined }),
    [group.id, group.version, from, to, asked.inboxId, asked.language],
  );
  const propose = async (use: (proposal: AnswerDraftProposal) => Promise<void> | void) => {
    setIsBusy(true);
    const reply = await fetchProposal(http, group.id);
    if (reply.ok) await use(reply.data);
    else showToast({ text: errorText(reply.error), tone: 'problem' });
    setIsBusy(false);
  };
  const makeAnswer = (proposal: AnswerDraftProposal) => route(beginAnswer({ http, agentId, proposal }));
  return (
    <div class={styles.details}>
      {mayChange && (
        <div class={styles.actions}>
          {group.hasAnswer && group.answerId ? (
            <Button look="primary" icon="message-circle" onClick={() => route(answerPath(group.answerId ?? ''))}>
              {t('questions.openAnswer')}
            </Button>
          ) : (
            <Button look="primary" icon="message-circle" isBusy={isBusy} onClick={() => void propose(makeAnswer)}>
              {t('questions.makeAnswer')}
            </Button>
          )}
          <Button icon="message-square-text" isBusy={isBusy} onClick={() => void propose(setCanned)}>
            {t('questions.makeCanned')}
          </Button>
          {group.isIgnored ? (
            <Button icon="rotate-ccw" onClick={() => void actions.restore(group)}>
              {t('questions.restore')}
            </Button>
          ) : (
            <Button icon="eye-off" onClick={() => void actions.ignore(group)}>
              {t('questions.ignore')}
            </Button>
          )}
        </div>
      )}
      {mayChange && (
        <div class={styles.naming}>
          <span class={styles.label}>{t('questions.name')}</span>
          <EditInPlace
            label={t('questions.name')}
            editLabel={t('questions.rename')}
            value={group.name}
            placeholder={t('questions.namePlaceholder')}
            maxLength={120}
            onSave={(name) => actions.rename(group, name)}
          />
        </div>
      )}
      <DayBars
        label={t('questions.chart', { name: group.name })}
        bars={barsOf(group.days, firstDay, isNarrow ? NARROW_BARS_MAX : BARS_MAX)}
        chosen={bar?.first ?? null}
        onChoose={setBar}
      />
      <ExampleList
        title={bar ? t('questions.examplesOn', { when: spanText(bar) }) : t('questions.examples')}
        pages={pages}
        chosen={mayChange && group.count > 1 ? chosen : null}
        onChoose={setChosen}
        onSplit={() => {
          void actions.split(group, [...chosen]);
          setChosen(new Set());
        }}
      />
      {group.merged.length > 0 && (
        <section class={styles.merged} aria-label={t('questions.merged')}>
          <h2>{t('questions.merged')}</h2>
          <ul>
            {group.merged.map((part) => (
              <li key={part.id}>
                <bdi>{part.name}</bdi>
                {mayChange && (
                  <Button size="small" look="quiet" onClick={() => void actions.restore(part)}>
                    {t('questions.takeOut')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {canned && <MakeCannedDialog http={http} proposal={canned} onClose={() => setCanned(null)} />}
    </div>
  );
}
