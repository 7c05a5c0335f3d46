import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES, ATTACHMENTS_MAX, isPicture } from '../../shared/attachment.ts';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import { refuseFiles } from '../refuse-files.ts';
import { newId } from '../url-safe-id.ts';
import css from './composer-tools.css?inline';
import { FileNote, formatBytes, useUploads } from './file-note.tsx';
import { FilePreview } from './file-preview.tsx';
import progressCss from './file-progress.css?inline';
import { CloseGlyph } from './glyphs.tsx';
import { useSpeech } from './speech.ts';
import { useLazy } from './use-lazy.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

interface ComposerToolsProps {
  chat: Chat;
  settings: WidgetSettings;
  box: RefObject<HTMLTextAreaElement | null>;
}

const loadPicker = async () => (await import('./emoji-picker.tsx')).EmojiPicker;

/** What stands beside the text: files by button, by drop and by paste, and emoji. */
export function ComposerTools({ chat, settings, box }: ComposerToolsProps) {
  const { t } = useSpeech();
  const { hasAttachments, hasEmoji, attachmentBytesMax } = settings;
  const place = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useStyle(place, css);
  useStyle(place, progressCss);
  const tray = useValue(chat.tray);
  const uploads = useUploads(chat, hasAttachments);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [isDragging, setDragging] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const EmojiPicker = useLazy(isPicking, loadPicker);
  const limits = { count: ATTACHMENTS_MAX, size: formatBytes(attachmentBytesMax) };

  const choose = async (chosen: readonly File[]) => {
    const { good, refused } = refuseFiles(chosen, { held: chat.tray.value.length, bytesMax: attachmentBytesMax });
    setRefusals(refused.map(({ why, name }) => t(why, { ...limits, name })));
    if (good.length === 0) return;
    const all = await chat.uploads();
    for (const file of good) all.add({ key: newId(), name: file.name, type: file.type, size: file.size, ...(await sizeOf(file)) }, file);
    box.current?.focus();
  };
  // What was refused is no news any more once the rest has gone.
  const held = useRef(0);
  useEffect(() => {
    if (tray.length === 0 && held.current > 0) setRefusals([]);
    held.current = tray.length;
  }, [tray.length]);
  const chooseLatest = useRef(choose);
  chooseLatest.current = choose;

  useEffect(() => {
    const panel = place.current?.closest<HTMLElement>('.panel');
    if (!panel || !hasAttachments) return undefined;
    const filesIn = (carried: DataTransfer | null) => [...(carried?.files ?? [])];
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!panel.contains(event.relatedTarget as Node | null)) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      void chooseLatest.current(filesIn(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = filesIn(event.clipboardData);
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
      event.preventDefault();
      void chooseLatest.current(files);
    };
    panel.addEventListener('dragover', over);
    panel.addEventListener('dragleave', leave);
    panel.addEventListener('drop', drop);
    panel.addEventListener('paste', paste);
    return () => {
      panel.removeEventListener('dragover', over);
      panel.removeEventListener('dragleave', leave);
      panel.removeEventListener('drop', drop);
      panel.removeEventListener('paste', paste);
    };
  }, [hasAttachments]);

  const insert = (emoji: string) => {
    const field = box.current;
    const [from, to] = [field?.selectionStart ?? chat.draft.value.length, field?.selectionEnd ?? chat.draft.value.length];
    chat.write(chat.draft.value.slice(0, from) + emoji + chat.draft.value.slice(to));
    // After the text has been drawn anew.
    requestAnimationFrame(() => field?.setSelectionRange(from + emoji.length, from + emoji.length));
  };

  return (
    <>
      <ul ref={place} class="tray" aria-label={t('chosenFiles')} hidden={tray.length === 0 && refusals.length === 0}>
        {refusals.map((refusal) => (
          <li key={refusal} class="tray-refusal">
            <p role="alert">{refusal}</p>
          </li>
        ))}
        {tray.map((file) => (
          <li key={file.key} class="tray-file" data-file={file.key}>
            <span class="tray-picture">
              {isPicture(file) ? <FilePreview file={file} uploads={uploads} /> : file.name.split('.').at(-1)}
            </span>
            <span class="tray-text">
              <span class="file-name">
                <bdi>{file.name}</bdi>
              </span>
              <FileNote file={file} uploads={uploads} />
            </span>
            <button
              type="button"
              class="tool"
              aria-label={t('removeFile', { name: file.name })}
              onClick={() => uploads?.all.remove(file.key)}
            >
              <CloseGlyph />
            </button>
          </li>
        ))}
      </ul>
      {hasAttachments && (
        <button
          type="button"
          class="tool attach"
          aria-label={t('attach')}
          title={t('attachHint', limits)}
          onClick={() => input.current?.click()}
        >
          <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d="m21.4 11.1-9.2 9.1a6 6 0 0 1-8.5-8.5L12.3 3a4 4 0 0 1 5.7 5.7l-8.6 8.6a2 2 0 0 1-2.9-2.8l8-7.9" />
          </svg>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept={ACCEPTED_FILES}
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => {
              void choose([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </button>
      )}
      {hasEmoji && (
        <button
          type="button"
          class="tool"
          aria-label={t('emoji')}
          title={t('emoji')}
          aria-expanded={isPicking}
          onClick={() => setPicking(!isPicking)}
        >
          <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01" />
          </svg>
        </button>
      )}
      {EmojiPicker && isPicking && (
        <EmojiPicker
          onChoose={insert}
          onClose={() => {
            setPicking(false);
            box.current?.focus();
          }}
        />
      )}
      {isDragging && (
        <div class="drop-zone">
          <strong>{t('dropHere')}</strong>
          <span>{t('attachHint', limits)}</span>
        </div>
      )}
    </>
  );
}

/** Of a picture, as it is seen; nothing for what this browser cannot draw. */
async function sizeOf(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/')) return {};
  try {
    const { width, height } = await createImageBitmap(file);
    return { width, height };
  } catch {
    return {};
  }
}
