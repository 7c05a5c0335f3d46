import { useEffect, useRef, useState } from 'preact/hooks';
import type { Callback, CallOutcome } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PhoneNumber } from '../contacts/phone-number.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatClock } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { secondClock, useSecondClock } from '../ui/second-clock.ts';
import { type CallPlace, recordOutcome } from './call-outcome.ts';
import styles from './call-strip.module.css';
import { CallTimeDialog } from './call-time-dialog.tsx';

const outcomes: readonly { outcome: CallOutcome; icon: 'check' | 'clock' | 'x' }[] = [
  { outcome: 'reached', icon: 'check' },
  { outcome: 'no-answer', icon: 'clock' },
  { outcome: 'wrong-number', icon: 'x' },
];

/** The call under way: a note, and what came of it. With the focus here, outside the note, 1, 2 and 3 say the outcome. */
export function CallInHand({ task, calls, board, http }: CallPlace & { task: Callback }) {
  const [note, setNote] = useState(() => calls.noteOf(task));
  const [isAskingAgain, setIsAskingAgain] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const problem = calls.problem.value;
  useEffect(() => {
    // Whoever has just pressed "Call" goes on here; whoever writes elsewhere is left alone.
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) box.current?.querySelector('button')?.focus();
  }, []);

  const record = async (outcome: CallOutcome | 'released') => {
    if (calls.isBusy.value) return;
    if (outcome === 'no-answer') return setIsAskingAgain(true);
    if (!(await recordOutcome({ calls, board, http }, outcome))) box.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = outcomes[Number(event.key) - 1];
    if (!chosen || isAskingAgain || event.target instanceof HTMLInputElement || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    void record(chosen.outcome);
  };

  return (
    <fieldset ref={box} class={[styles.call, styles.inHand].join(' ')} onKeyDown={onKeyDown}>
      <legend class="visually-hidden">{t('calls.with', { name: contactName(task.contact) })}</legend>
      <div class={styles.who}>
        <p class={styles.title}>
          <OneLine text={contactName(task.contact)} />
          <CallClock since={task.calling?.since ?? 0} />
        </p>
        <p class={styles.about}>
          {task.phone && <PhoneNumber phone={task.phone} isMasked={task.isMasked} />}
          {task.note && <span dir="auto">{task.note}</span>}
        </p>
      </div>
      <input
        class={styles.note}
        type="text"
        dir={note === '' ? undefined : 'auto'}
        maxLength={2_000}
        aria-label={t('calls.note')}
        placeholder={t('calls.note')}
        value={note}
        onInput={(event) => {
          setNote(event.currentTarget.value);
          calls.keepNote(task, event.currentTarget.value);
        }}
      />
      <div class={styles.actions}>
        {outcomes.map(({ outcome, icon }, at) => (
          <Button
            key={outcome}
            size="small"
            icon={icon}
            look={outcome === 'reached' ? 'primary' : 'secondary'}
            aria-keyshortcuts={String(at + 1)}
            onClick={() => void record(outcome)}
          >
            {t(`calls.${outcome}`)}
            <kbd class={styles.key}>{at + 1}</kbd>
          </Button>
        ))}
        <Button size="small" look="quiet" onClick={() => void record('released')}>
          {t('calls.released')}
        </Button>
      </div>
      {calls.isCut.value && (
        <p class={styles.problem} role="alert">
          {t('calls.cut')}
        </p>
      )}
      {isAskingAgain && (
        <CallTimeDialog
          http={http}
          task={task}
          title={t('calls.no-answer')}
          hasRule
          onChoose={async (at) => {
            const isRecorded = await recordOutcome({ calls, board, http }, 'no-answer', at === 'rule' ? undefined : at);
            return isRecorded ? null : calls.problem.value;
          }}
          onClose={() => setIsAskingAgain(false)}
        />
      )}
      {problem && !isAskingAgain && (
        <p class={styles.problem} role="alert">
          {errorText(problem)}
        </p>
      )}
    </fieldset>
  );
}

function CallClock({ since }: { since: number }) {
  useSecondClock();
  return (
    <span class={styles.clock} role="timer" aria-live="off">
      {formatClock(secondClock.value - since)}
    </span>
  );
}
