import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Attachment, isPicture } from '../../shared/attachment.ts';
import type { Chat } from '../chat-state.ts';
import { sourceOf } from '../file-source.ts';
import { BackGlyph, CloseGlyph, glyph } from './glyphs.tsx';
import css from './light-box.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

const DownloadGlyph = glyph(<path d="M12 3v12m5-5-5 5-5-5M4 21h16" />);

/** One picture of the conversation over the whole page; arrows lead to the others. The browser keeps the focus inside. */
export function LightBox({ chat, openUrl, onClose }: { chat: Chat; openUrl: string; onClose: () => void }) {
  const { t } = useSpeech();
  const box = useRef<HTMLDialogElement>(null);
  useStyle(box, css);
  const messages = useValue(chat.messages);
  const pictures: Attachment[] = messages.flatMap(({ attachments }) => attachments.filter(isPicture));
  const [url, setUrl] = useState(openUrl);
  const at = Math.max(
    0,
    pictures.findIndex((picture) => sourceOf(chat, picture) === url),
  );
  const picture = pictures[at];

  useLayoutEffect(() => {
    const dialog = box.current;
    const origin = (dialog?.getRootNode() as ShadowRoot | undefined)?.activeElement as HTMLElement | null | undefined;
    dialog?.showModal?.();
    return () => {
      dialog?.close?.();
      origin?.focus();
    };
  }, []);
  useEffect(() => {
    if (!picture) onClose();
  }, [picture]);
  if (!picture) return null;

  const step = (by: number) => {
    const next = pictures[at + by];
    if (next) setUrl(sourceOf(chat, next) ?? url);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const isMirrored = box.current !== null && getComputedStyle(box.current).direction === 'rtl';
    if (event.key === 'Escape') onClose();
    if (event.key === 'ArrowLeft') step(isMirrored ? 1 : -1);
    if (event.key === 'ArrowRight') step(isMirrored ? -1 : 1);
    if (event.key === 'Home') step(-at);
    if (event.key === 'End') step(pictures.length - 1 - at);
  };
  const { name } = picture;
  return (
    <dialog
      ref={box}
      class="light-box"
      aria-label={name}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div class="light-bar">
        <bdi class="light-name">{name}</bdi>
        <a class="light-tool" href={`${url}?download`} aria-label={t('download', { name })} title={t('download', { name })}>
          <DownloadGlyph />
        </a>
        <button type="button" class="light-tool" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <CloseGlyph />
        </button>
      </div>
      <img src={url} alt={name} width={picture.width} height={picture.height} />
      {pictures.length > 1 && (
        <div class="light-bar light-steps">
          <button type="button" class="light-tool" aria-label={t('previous')} aria-disabled={at === 0} onClick={() => step(-1)}>
            <BackGlyph />
          </button>
          <span role="status">{t('picture', { count: at + 1, all: pictures.length })}</span>
          <button
            type="button"
            class="light-tool light-next"
            aria-label={t('next')}
            aria-disabled={at === pictures.length - 1}
            onClick={() => step(1)}
          >
            <BackGlyph />
          </button>
        </div>
      )}
    </dialog>
  );
}
