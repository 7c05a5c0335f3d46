import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { gapsIn } from '../../shared/canned-text.ts';
import type { Offer } from '../canned/offers.ts';
import { type SlashToken, slashTokenAt } from '../canned/slash-token.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { QuickPicker } from './quick-picker.tsx';
import { type QuickSource, replyOf } from './quick-source.ts';

interface QuickPickerOptions {
  source: QuickSource | undefined;
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** A text for the draft, and the response whose files come with it. */
  onText: (text: string, response: CannedResponse | null) => void;
}

const SHOWN_MAX = 20;

/** Canned responses and macros behind a slash, anywhere in the text: the focus stays in the text, and the arrows walk through what fits. */
export function useQuickPicker({ source, area, text, onText }: QuickPickerOptions) {
  const id = useId();
  const [caret, setCaret] = useState<number | null>(null);
  /** Where the slash stands that was meant as one. */
  const [leftAlone, setLeftAlone] = useState<number | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const selection = useRef<[from: number, to: number] | null>(null);
  /** The button has written the slash, so giving up takes it away again. */
  const isOwnSlash = useRef(false);

  useLayoutEffect(() => {
    if (!selection.current) return;
    area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  }, [text]);

  const token = source && caret !== null ? slashTokenAt(text, Math.min(caret, text.length)) : null;
  const isSought = source !== undefined && token !== null && token.from !== leftAlone;
  const offers = isSought ? source.repertoire.find(token.query, SHOWN_MAX) : [];
  const isLoading = isSought && source.repertoire.isLoading;
  // Words that nothing fits are words of a sentence.
  const isOpen = isSought && (offers.length > 0 || !token.query.includes(' '));
  const active = Math.max(
    0,
    offers.findIndex((offer) => offer.id === activeId),
  );

  const follow = () => {
    const at = area.current;
    const isPlain = at !== null && at.selectionStart === at.selectionEnd;
    setCaret(isPlain ? at.selectionStart : null);
    if (isPlain && slashTokenAt(at.value, at.selectionStart)?.from !== leftAlone) setLeftAlone(null);
    if (source && at?.value.includes('/')) source.repertoire.want();
  };
  const close = (at: SlashToken) => {
    setActiveId(null);
    if (!isOwnSlash.current) return setLeftAlone(at.from);
    isOwnSlash.current = false;
    put(at, '', null);
  };
  const put = ({ from, to }: SlashToken, said: string, response: CannedResponse | null) => {
    const [gap] = gapsIn(said);
    selection.current = gap ? [from + gap.from, from + gap.to] : [from + said.length, from + said.length];
    setCaret(null);
    setActiveId(null);
    isOwnSlash.current = false;
    onText(text.slice(0, from) + said + text.slice(to), response);
    area.current?.focus();
  };
  const choose = (offer: Offer) => {
    if (!source || !token) return;
    source.repertoire.used(offer.id);
    if (offer.kind === 'macro') {
      put(token, '', null);
      return source.onMacro(offer.macro);
    }
    const said = replyOf(source, offer);
    if (said) put(token, said.text, said.response);
  };

  /** True if the key was the picker's. */
  const takesKey = (event: KeyboardEvent): boolean => {
    if (!isOpen || !token || event.isComposing) return false;
    if (event.key === 'Escape') {
      close(token);
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const isChoosing = event.key === 'Enter' || event.key === 'Tab';
    // What is about to appear is waited for; a slash that finds nothing goes out as it is.
    if (isChoosing && isLoading && event.key === 'Enter') return true;
    const offer = offers[active];
    if (!offer) return false;
    if (isChoosing) {
      choose(offer);
      return true;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return false;
    setActiveId(offers[(active + step + offers.length) % offers.length]?.id ?? null);
    return true;
  };

  const openByButton = () => {
    const at = area.current;
    if (!source || !at) return;
    source.repertoire.want();
    const { selectionStart: from, selectionEnd: to } = at;
    const slash = from > 0 && !/\s/.test(text[from - 1] ?? '') ? ' /' : '/';
    isOwnSlash.current = true;
    selection.current = [from + slash.length, from + slash.length];
    setLeftAlone(null);
    setCaret(from + slash.length);
    onText(text.slice(0, from) + slash + text.slice(to), null);
    at.focus();
  };

  const current = offers[active];
  return {
    follow,
    takesKey,
    /** The text is left, and with it the search. */
    leave: () => setCaret(null),
    area: {
      'aria-autocomplete': source ? ('list' as const) : undefined,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen && current ? `${id}-${current.id}` : undefined,
    },
    button: source && (
      <IconButton icon="message-square-text" label={t('canned.insert')} title={`${t('canned.insert')} (/)`} onClick={openByButton} />
    ),
    view: isOpen && source && (
      <QuickPicker
        id={id}
        source={source}
        offers={offers}
        active={current}
        isLoading={isLoading}
        onActivate={setActiveId}
        onChoose={choose}
      />
    ),
  };
}
