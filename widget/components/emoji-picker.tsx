import { useEffect, useRef, useState } from 'preact/hooks';
import css from './emoji-picker.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

/** What people use most, by what they look for. Drawn by the visitor's own system: nothing is fetched. */
const groups = {
  emojiFaces: '😀😃😄😁😆😅😂🤣🙂🙃😉😊😇🥰😍🤩😘😋😜🤪🤗🤔🤨😐😏😒🙄😬😌😔😴🤒🤕🥵🥶😎🤓😕🙁😮😲🥺😢😭😱😤😡',
  emojiHands: '👍👎👌✌🤞🤟👋🤚✋🖐👏🙌🙏🤝💪👀🙋🙆🙅🤷🤦💁🧑👩👨👶👵👴',
  emojiHearts: '❤🧡💛💚💙💜🖤💔💕💖✨⭐🌟🔥🎉🎊🎁🎂🎈🕯🕎✡',
  emojiNature: '🌞🌈☀⛅🌧❄🌊🌸🌹🌻🌳🌵🐶🐱🐰🐝🍎🍉🍓🥑🍞🧀🍕🍔🥗🍰☕🍷',
  emojiThings: '📞📱💻📧📦🚚🛒💳💰🧾🔑🏠🚗✈⏰📅📌📎📷🎵💡🔧✅❌❗❓➕➡⬅♻',
} as const;

const RECENT_KEY = 'kesher:emoji';
const RECENT_MAX = 16;

export function EmojiPicker({ onChoose, onClose }: { onChoose: (emoji: string) => void; onClose: () => void }) {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  useStyle(place, css);
  const [recent] = useState(readRecent);

  useEffect(() => {
    place.current?.querySelector('button')?.focus();
    const closeOutside = (event: Event) => {
      if (place.current && !event.composedPath().includes(place.current)) onClose();
    };
    addEventListener('pointerdown', closeOutside);
    return () => removeEventListener('pointerdown', closeOutside);
  }, []);

  const choose = (emoji: string) => {
    onChoose(emoji);
    writeRecent([emoji, ...recent.filter((one) => one !== emoji)]);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
      return;
    }
    const all = [...(place.current?.querySelectorAll('button') ?? [])];
    const current = all.find((one) => one.matches(':focus'));
    const next = current && neighbour(all, current, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const rows = Object.entries({ ...(recent.length > 0 && { emojiRecent: recent }), ...groups });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of choices, no form
    <div ref={place} class="emoji" role="group" aria-label={t('emoji')} onKeyDown={onKeyDown}>
      {rows.map(([name, emoji], row) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div key={name} role="group" aria-label={t(name as keyof typeof groups)}>
          <p aria-hidden="true">{t(name as keyof typeof groups)}</p>
          {[...emoji].map(inColour).map((one, at) => (
            <button key={one} type="button" tabIndex={row === 0 && at === 0 ? 0 : -1} onClick={() => choose(one)}>
              {one}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Some are letters by default, in black; a selector behind them asks for the picture. */
function inColour(one: string): string {
  return /\p{Emoji_Presentation}|\uFE0F/u.test(one) ? one : `${one}\uFE0F`;
}

/** Along the line of reading, or to the nearest one in the line above or below. */
function neighbour(all: readonly HTMLElement[], current: HTMLElement, key: string): HTMLElement | undefined {
  const at = all.indexOf(current);
  const forwards = getComputedStyle(current).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (key === 'ArrowLeft' || key === 'ArrowRight') return all[at + (key === forwards ? 1 : -1)];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const { left, top } = current.getBoundingClientRect();
  const beyond = all
    .map((one) => ({ one, spot: one.getBoundingClientRect() }))
    .filter(({ spot }) => (key === 'ArrowDown' ? spot.top > top : spot.top < top));
  const distance = (spot: DOMRect) => Math.abs(spot.top - top) * 100 + Math.abs(spot.left - left);
  return beyond.sort((a, b) => distance(a.spot) - distance(b.spot))[0]?.one;
}

function readRecent(): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT_KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string' && one.length <= 8).slice(0, RECENT_MAX) : [];
  } catch {
    return [];
  }
}

function writeRecent(recent: readonly string[]): void {
  try {
    localStorage.setItem(RECENT_KEY, JSON.stringify(recent.slice(0, RECENT_MAX)));
  } catch {
    // Without storage nothing is remembered.
  }
}
