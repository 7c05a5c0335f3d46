import { useState } from 'preact/hooks';
import type { Proposal } from '../../shared/proposal.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { answerPath } from './answer-path.ts';
import type { Deciding } from './proposal-deciding.ts';
import { ProposalEditor } from './proposal-editor.tsx';
import styles from './proposals.module.css';

interface ProposalRowProps {
  proposal: Proposal;
  /** Null where it cannot be chosen together with others. */
  isChosen: boolean | null;
  onChoose: (isChosen: boolean) => void;
  deciding: Deciding;
}

/** One proposal: what was asked, what was replied, which answer it would belong to, and what to do about it. */
export function ProposalRow({ proposal, isChosen, onChoose, deciding }: ProposalRowProps) {
  const { answer, question, reply, status } = proposal;
  const [isEditing, setIsEditing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const during = async (work: () => Promise<unknown>) => {
    setIsBusy(true);
    await work();
    setIsBusy(false);
  };
  return (
    <li class={styles.row}>
      {isChosen !== null && (
        <input
          type="checkbox"
          class={styles.box}
          checked={isChosen}
          aria-label={t('proposals.choose', { question })}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
      <div class={styles.content}>
        <p class={styles.question} dir="auto">
          {question}
        </p>
        <p class={styles.towards}>
          <Icon name={answer ? 'plus' : 'lightbulb'} size="small" />
          <span>
            {answer ? t('proposals.phrasingOf') : t('proposals.newAnswer')} {answer && <AnswerLink answer={answer} />}
          </span>
        </p>
        {(answer || !isEditing) && (
          <blockquote class={styles.reply} dir="auto">
            {reply}
          </blockquote>
        )}
        {isEditing && <ProposalEditor proposal={proposal} deciding={deciding} onClose={() => setIsEditing(false)} />}
        <p class={styles.meta}>
          <WhereFrom proposal={proposal} />
        </p>
      </div>
      {!isEditing && (
        <div class={styles.actions}>
          {status === 'open' && answer && (
            <Button
              data-first
              look="secondary"
              icon="check"
              isBusy={isBusy}
              onClick={() => void during(() => deciding.approve(proposal, {}))}
            >
              {t('proposals.approve')}
            </Button>
          )}
          {status === 'open' && (
            <Button
              {...(!answer && { 'data-first': true })}
              look={answer ? 'quiet' : 'secondary'}
              icon="pencil"
              onClick={() => setIsEditing(true)}
            >
              {answer ? t('action.edit') : t('proposals.look')}
            </Button>
          )}
          {status === 'open' && (
            <Button look="quiet" icon="x" isBusy={isBusy} onClick={() => void during(() => deciding.decide([proposal], 'refuse'))}>
              {t('proposals.refuse')}
            </Button>
          )}
          {status === 'refused' && (
            <Button data-first icon="rotate-ccw" isBusy={isBusy} onClick={() => void during(() => deciding.decide([proposal], 'reopen'))}>
              {t('proposals.reopen')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function AnswerLink({ answer: { id, question, isOn } }: { answer: NonNullable<Proposal['answer']> }) {
  const title = question[language.value] ?? Object.values(question)[0] ?? '';
  return (
    <>
      <a href={answerPath(id)}>
        <bdi>{title}</bdi>
      </a>
      {!isOn && ` (${t('proposals.isOff')})`}
    </>
  );
}

function WhereFrom({ proposal: { agent, count, lastAt, conversation, cause, decidedBy } }: { proposal: Proposal }) {
  return (
    <>
      {agent && <span>{t('proposals.by', { name: agent.name })}</span>}
      {count > 1 && <span>{t('proposals.times', { count })}</span>}
      {cause === 'unhelpful' && <span>{t('proposals.unhelpful')}</span>}
      <RelativeTime at={lastAt} />
      {conversation && <a href={`/console/conversations/${conversation.id}?message=${conversation.seq}`}>{t('proposals.conversation')}</a>}
      {decidedBy && <span>{t('proposals.decidedBy', { name: decidedBy.name })}</span>}
    </>
  );
}
