import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Gap, gapsIn } from '../../shared/canned-text.ts';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { AgentUploads } from './agent-uploads.ts';
import type { Draft } from './drafts.ts';
import { useFileTray } from './file-tray.tsx';
import { GapStrip } from './gap-strip.tsx';
import { MacroChip } from './macro-chip.tsx';
import { type Naming, useMentionList } from './mention-list.tsx';
import type { QuickSource } from './quick-source.ts';
import styles from './reply-composer.module.css';
import { useQuickPicker } from './use-quick-picker.tsx';

interface ReplyComposerProps {
  uploads: AgentUploads;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** False if the text could not be kept: it then stays in the composer. Who resolves is led on, the composer keeps no focus. */
  onSend: (draft: Draft, options: { isResolving: boolean }) => boolean;
  /** Changes whenever the composer shall take the focus. */
  focusRequest: number;
  mayReply: boolean;
  /** Whom an @ can name. */
  naming?: Naming | undefined;
  /** Whoever else has the conversation, and can be whispered to. */
  whisperTo?: string | null;
  /** Canned responses and macros, where they are offered. */
  quick?: QuickSource;
  /** Whether suggestions are wanted. */
  adviceSwitch?: ComponentChildren;
}

/** Room is left to see how much too long a text is. */
const COUNT_FROM = MESSAGE_TEXT_MAX - 500;

export function ReplyComposer({
  uploads,
  draft,
  onChange,
  onSend,
  focusRequest,
  mayReply,
  naming,
  whisperTo = null,
  quick,
  adviceSwitch,
}: ReplyComposerProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const isNote = draft.visibility === 'internal';
  const isTooLong = draft.text.length > MESSAGE_TEXT_MAX;
  const { files = [] } = draft;
  const canSend = (draft.text.trim() !== '' || files.length > 0) && !isTooLong;
  const tray = useFileTray({ uploads, files, onChange: (next) => onChange({ ...draft, files: next }) });
  const picker = useQuickPicker({
    source: quick,
    area: ref,
    text: draft.text,
    onText: (text, response) => onChange({ ...draft, text, ...(response && { files: uploads.withCopies(files, response) }) }),
  });
  const gaps = useMemo(() => (isNote ? [] : gapsIn(draft.text)), [draft.text, isNote]);
  /** The text that was held back. */
  const [refused, setRefused] = useState<string | null>(null);
  const goTo = ({ from, to }: Gap) => {
    ref.current?.focus();
    ref.current?.setSelectionRange(from, to);
  };

  const mentions = useMentionList({ area: ref, draft, naming, onChange });
  const isWhisper = isNote && draft.isWhisper === true && whisperTo !== null;

  useLayoutEffect(() => fitHeight(ref.current), [draft.text]);
  // Before the next key press: what is typed after the shortcut belongs here.
  useLayoutEffect(() => {
    if (focusRequest > 0) ref.current?.focus();
  }, [focusRequest]);

  const send = (isResolving: boolean, isAsItIs = false) => {
    if (canSend && gaps[0] && !isAsItIs) {
      setRefused(draft.text);
      goTo(gaps[0]);
      return;
    }
    const isSent = canSend && onSend({ ...draft, ...(draft.isWhisper && { isWhisper }) }, { isResolving });
    if (isSent) onChange({ text: '', visibility: draft.visibility });
    if (!isSent || !isResolving) ref.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || mentions.onKeyDown(event)) return;
    if (picker.takesKey(event)) return event.preventDefault();
    if (event.key === 'Escape') return ref.current?.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    send(event.ctrlKey || event.metaKey);
  };

  if (!mayReply) return <p class={styles.readOnly}>{t('composer.readOnly')}</p>;
  return (
    <form
      class={[styles.composer, isNote && styles.note].filter(Boolean).join(' ')}
      {...tray.drop}
      data-composer
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      {mentions.view}
      {picker.view}
      {tray.view}
      {draft.macro && !isNote && <MacroChip source={quick} macro={draft.macro} onDrop={() => onChange(withoutMacro(draft))} />}
      <textarea
        {...picker.area}
        {...mentions.aria}
        ref={ref}
        class={styles.area}
        dir={draft.text ? 'auto' : undefined}
        rows={1}
        value={draft.text}
        placeholder={isNote ? t('composer.notePlaceholder') : t('composer.replyPlaceholder')}
        aria-label={isNote ? t('composer.noteLabel') : t('composer.replyLabel')}
        aria-invalid={isTooLong || undefined}
        onInput={(event) => {
          onChange({ ...draft, text: event.currentTarget.value });
          mentions.follow();
          picker.follow();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={() => {
          mentions.follow();
          picker.follow();
        }}
        onClick={() => {
          mentions.follow();
          picker.follow();
        }}
        onFocus={() => quick?.repertoire.want()}
        onBlur={() => {
          mentions.follow();
          picker.leave();
        }}
        onPaste={tray.paste}
      />
      {mentions.warning}
      {gaps.length > 0 && <GapStrip gaps={gaps} isRefused={refused === draft.text} onGo={goTo} onSendAnyway={() => send(false, true)} />}
      <div class={styles.bar}>
        <Segmented<Visibility>
          label={t('composer.kind')}
          value={draft.visibility}
          options={[
            { value: 'public', label: t('composer.reply') },
            { value: 'internal', label: t('composer.note'), icon: 'lock' },
          ]}
          onChoose={(visibility) => {
            onChange({ ...draft, visibility });
            ref.current?.focus();
          }}
        />
        {isNote && whisperTo !== null && (
          <Button
            look="quiet"
            icon="ear"
            class={isWhisper ? styles.whisper : undefined}
            aria-pressed={isWhisper}
            title={t('whisper.to', { name: whisperTo })}
            onClick={() => {
              onChange({ ...draft, isWhisper: !isWhisper });
              ref.current?.focus();
            }}
          >
            {t('whisper.mark')}
          </Button>
        )}
        {tray.button}
        {picker.button}
        {adviceSwitch && <span class={styles.advice}>{adviceSwitch}</span>}
        {draft.text.length > COUNT_FROM && (
          <span class={isTooLong ? styles.tooLong : styles.count} role="status">
            {isTooLong
              ? t('composer.tooLong', { count: draft.text.length - MESSAGE_TEXT_MAX })
              : t('composer.left', { count: MESSAGE_TEXT_MAX - draft.text.length })}
          </span>
        )}
        <span class={styles.space} />
        <Button
          look="quiet"
          class={styles.andResolve}
          icon="circle-check"
          disabled={!canSend}
          title="Ctrl+Enter"
          onClick={() => send(true)}
        >
          {t('composer.sendAndResolve')}
        </Button>
        <button
          type="submit"
          class={styles.send}
          disabled={!canSend}
          aria-label={isNote ? t('composer.addNote') : t('composer.send')}
          title="Enter"
        >
          <Icon name={isNote ? 'plus' : 'send-horizontal'} />
        </button>
      </div>
    </form>
  );
}

function withoutMacro({ macro: _, ...draft }: Draft): Draft {
  return draft;
}

/** As high as its text, within what the style sheet allows. */
function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}
