import { useRef, useState } from 'preact/hooks';
import { type Attachment, isPicture, type PendingFile } from '../../shared/attachment.ts';
import type { Chat } from '../chat-state.ts';
import { isSent, sourceOf } from '../file-source.ts';
import { heightOf } from '../picture-height.ts';
import css from './file-cards.css?inline';
import { FileNote, formatBytes, useUploads } from './file-note.tsx';
import { FilePreview } from './file-preview.tsx';
import progressCss from './file-progress.css?inline';
import { useSpeech } from './speech.ts';
import { useLazy } from './use-lazy.ts';
import { useStyle } from './use-style.ts';

const loadLightBox = async () => (await import('./light-box.tsx')).LightBox;

/** Pictures as pictures, everything else as a card with its name and size. */
export function FileCards({ files, chat }: { files: readonly (Attachment | PendingFile)[]; chat: Chat }) {
  const { t } = useSpeech();
  const place = useRef<HTMLUListElement>(null);
  useStyle(place, css);
  useStyle(place, progressCss);
  const uploads = useUploads(
    chat,
    files.some((file) => !isSent(file)),
  );
  const [broken, setBroken] = useState<readonly string[]>([]);
  const [openUrl, setOpenUrl] = useState<string | null>(null);
  const LightBox = useLazy(openUrl !== null, loadLightBox);
  return (
    <>
      <ul ref={place} class="files">
        {files.map((file) => {
          const { name, width = 0, height = 0 } = file;
          const isShown = isPicture(file) && !broken.includes(name);
          const size = { inlineSize: `${(heightOf(width, height) * width) / height}px`, blockSize: `${heightOf(width, height)}px` };
          const url = sourceOf(chat, file);
          return (
            <li key={'id' in file ? file.id : file.key}>
              {isShown && url !== null ? (
                <button type="button" class="picture" style={size} aria-label={t('openPicture', { name })} onClick={() => setOpenUrl(url)}>
                  <img src={url} alt="" loading="lazy" onError={() => setBroken([...broken, name])} />
                </button>
              ) : isShown ? (
                <span class="picture" style={size}>
                  <FilePreview file={file as PendingFile} uploads={uploads} />
                </span>
              ) : (
                <a class="card" href={url === null ? undefined : `${url}?download`} target="_blank" rel="noopener noreferrer">
                  <span class="ending" aria-hidden="true">
                    {name.split('.').at(-1)}
                  </span>
                  <span class="card-text">
                    <span class="file-name">
                      <bdi>{name}</bdi>
                    </span>
                    <span class="file-size">{formatBytes(file.size)}</span>
                  </span>
                </a>
              )}
              {!isSent(file) && <FileNote file={file} uploads={uploads} />}
            </li>
          );
        })}
      </ul>
      {LightBox && openUrl !== null && <LightBox chat={chat} openUrl={openUrl} onClose={() => setOpenUrl(null)} />}
    </>
  );
}
