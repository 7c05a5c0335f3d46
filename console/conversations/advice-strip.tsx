import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type AdviceSuggestion, LIKELY_AT, SURE_AT } from '../../shared/advice.ts';
import type { Draft } from '../messages/drafts.ts';
import { isBegun } from '../messages/taken-back.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.tsx';
import { AdvicePreview } from './advice-preview.tsx';
import styles from './advice-strip.module.css';
import type { Desk } from './desk.ts';
import { insertAdvice } from './insert-advice.ts';
import { quickSource } from './macro-actions.ts';
import { useAdvice } from './use-advice.ts';

export interface AdviceStripProps {
  desk: Desk;
  conversationId: string;
  /** The visitor's message that stands unanswered. */
  questionId: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
  isInFocus: boolean;
}

/** Up to three things to say, each inserted with a click or with its key. */
export function AdviceStrip({ desk, conversationId, questionId, draft, onChange, isInFocus }: AdviceStripProps) {
  const id = useId();
  const stripRef = useRef<HTMLDivElement>(null);
  const [activeAt, setActiveAt] = useState<number | null>(null);
  const advice = useAdvice(desk, conversationId, questionId);
  const suggestions = advice?.suggestions ?? [];
  const select = useSelection(stripRef, draft.text);
  const summary = desk.list.summaries.value.get(conversationId);
  const surroundings = summary && quickSource(desk, summary).surroundings;

  const insert = (suggestion: AdviceSuggestion | undefined) => {
    if (!suggestion || !surroundings) return;
    // A note never becomes part of what the customer reads.
    if (draft.visibility === 'internal' && isBegun(draft)) return showToast({ text: t('advice.finishNote'), tone: 'problem' });
    const caret = areaBeside(stripRef.current)?.selectionEnd ?? draft.text.length;
    const inserted = insertAdvice(draft, Math.min(caret, draft.text.length), { suggestion, surroundings, uploads: desk.uploads });
    if (suggestion.kind === 'canned') desk.repertoire.used(suggestion.id);
    select(inserted.selection);
    setActiveAt(null);
    onChange(inserted.draft);
  };
  useInsertKeys(stripRef, isInFocus, (at) => insert(suggestions[at]));
  const active = activeAt === null ? undefined : suggestions[activeAt];

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is laid out by rules of its own
    <div
      ref={stripRef}
      class={styles.strip}
      role="group"
      aria-label={t('advice.label')}
      onPointerLeave={() => setActiveAt(null)}
      onFocusOut={() => setActiveAt(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || activeAt === null) return;
        event.stopPropagation();
        setActiveAt(null);
      }}
    >
      <div class={styles.chips}>
        {suggestions.map((suggestion, at) => (
          <button
            key={`${suggestion.kind}-${suggestion.id}`}
            type="button"
            class={styles.chip}
            aria-keyshortcuts={`Control+Shift+${at + 1}`}
            aria-describedby={active === suggestion ? id : undefined}
            onClick={() => insert(suggestion)}
            onPointerEnter={(event) => event.pointerType === 'mouse' && setActiveAt(at)}
            onFocus={() => setActiveAt(at)}
          >
            <Icon name={suggestion.kind === 'answer' ? 'lightbulb' : 'message-square-text'} size="small" />
            <span class="visually-hidden">{suggestion.kind === 'answer' ? t('advice.answer') : t('advice.canned')}</span>
            <bdi class={styles.title}>{suggestion.title}</bdi>
            {suggestion.files.length > 0 && <Icon name="paperclip" size="small" />}
            <span class={styles.confidence}>{confidenceText(suggestion.confidence)}</span>
            <span class={styles.key} aria-hidden="true">
              {at + 1}
            </span>
          </button>
        ))}
      </div>
      {active && surroundings && <AdvicePreview id={id} suggestion={active} surroundings={surroundings} />}
      <p class={advice && suggestions.length === 0 ? styles.none : 'visually-hidden'} role="status">
        {advice && (suggestions.length === 0 ? t('advice.none') : t('advice.found', { count: suggestions.length }))}
      </p>
    </div>
  );
}

function confidenceText(confidence: number): string {
  return confidence >= SURE_AT ? t('advice.sure') : confidence >= LIKELY_AT ? t('advice.likely') : t('advice.perhaps');
}

function areaBeside(strip: HTMLElement | null): HTMLTextAreaElement | null {
  return strip?.closest('section')?.querySelector('[data-composer] textarea') ?? null;
}

/** Puts the focus into the composer once the text is there. */
function useSelection(strip: { current: HTMLElement | null }, text: string) {
  const wanted = useRef<readonly [number, number] | null>(null);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const area = areaBeside(strip.current);
    area?.focus();
    area?.setSelectionRange(...wanted.current);
    wanted.current = null;
  }, [text]);
  return (selection: readonly [number, number]) => {
    wanted.current = selection;
  };
}

/** Ctrl+Shift and a figure, in this conversation, or wherever the focus is while this is the one in focus. */
function useInsertKeys(strip: { current: HTMLElement | null }, isInFocus: boolean, onKey: (at: number) => void): void {
  const take = useRef(onKey);
  take.current = onKey;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const figure = /^Digit([1-3])$/.exec(event.code)?.[1];
      if (!figure || !event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return;
      const { target } = event;
      if (target instanceof Element && target.closest('dialog, [role="menu"]')) return;
      // Where somebody types counts at once, before the desk has drawn which conversation is in focus.
      const pane = target instanceof Element ? target.closest('[data-pane]') : null;
      if (pane ? !pane.contains(strip.current) : !isInFocus) return;
      event.preventDefault();
      take.current(Number(figure) - 1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isInFocus, strip]);
}
