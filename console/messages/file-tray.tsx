import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES, ATTACHMENTS_MAX, isPicture, type PendingFile } from '../../shared/attachment.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { formatBytes } from '../ui/format-bytes.ts';
import { OneLine } from '../ui/one-line.tsx';
import type { AgentUploads } from './agent-uploads.ts';
import { DrawnPicture, UploadNote } from './attached-files.tsx';
import styles from './file-tray.module.css';

interface FileTrayOptions {
  uploads: AgentUploads;
  files: readonly PendingFile[];
  onChange: (files: readonly PendingFile[]) => void;
}

/** Files for a message, by button, by drop and by paste: the parts of it for a composer to place. */
export function useFileTray({ uploads, files, onChange }: FileTrayOptions) {
  const input = useRef<HTMLInputElement>(null);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [isDragging, setIsDragging] = useState(false);
  const latest = useRef({ files, onChange });
  latest.current = { files, onChange };

  const choose = async (chosen: readonly File[]) => {
    const refused: string[] = [];
    const added: PendingFile[] = [];
    for (const file of chosen) {
      const why = whyNot(file, latest.current.files.length + added.length, uploads.bytesMax);
      if (why !== null) {
        if (!refused.includes(why)) refused.push(why);
        continue;
      }
      const pending = { key: nanoid(), name: file.name, type: file.type, size: file.size, ...(await sizeOf(file)) };
      added.push(pending);
      uploads.add(pending, file);
    }
    setRefusals(refused);
    if (added.length > 0) latest.current.onChange([...latest.current.files, ...added]);
  };
  // What was refused is no news any more once the rest has gone.
  const held = useRef(0);
  useEffect(() => {
    if (files.length === 0 && held.current > 0) setRefusals([]);
    held.current = files.length;
  }, [files.length]);
  const hint = t('files.hint', { count: ATTACHMENTS_MAX, size: formatBytes(uploads.bytesMax) });

  return {
    drop: {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setIsDragging(true);
      },
      onDragLeave(event: DragEvent) {
        if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) setIsDragging(false);
      },
      onDrop(event: DragEvent) {
        setIsDragging(false);
        const dropped = [...(event.dataTransfer?.files ?? [])];
        if (dropped.length === 0) return;
        event.preventDefault();
        void choose(dropped);
      },
    },
    paste(event: ClipboardEvent) {
      const pasted = [...(event.clipboardData?.files ?? [])];
      // A table copied from a spreadsheet comes as text and as a picture of it: the text is meant.
      if (pasted.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
      event.preventDefault();
      void choose(pasted);
    },
    button: (
      <>
        <IconButton icon="paperclip" label={t('files.attach')} title={hint} onClick={() => input.current?.click()} />
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPTED_FILES}
          onChange={(event) => {
            void choose([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </>
    ),
    view: (
      <>
        {isDragging && <p class={styles.drop}>{t('files.drop')}</p>}
        {refusals.map((refusal) => (
          <p key={refusal} class={styles.refusal} role="alert">
            {refusal}
          </p>
        ))}
        {files.length > 0 && (
          <ul class={styles.tray} aria-label={t('files.chosen')}>
            {files.map((file) => (
              <li key={file.key} class={styles.file} data-file={file.key}>
                <span class={styles.picture}>
                  {isPicture(file) ? <DrawnPicture file={file} uploads={uploads} /> : file.name.split('.').at(-1)}
                </span>
                <span class={styles.text}>
                  <OneLine text={file.name} />
                  <UploadNote name={file.name} state={uploads.states.value.get(file.key)} />
                </span>
                <IconButton
                  icon="x"
                  label={t('files.remove', { name: file.name })}
                  onClick={() => {
                    uploads.remove(file.key);
                    onChange(files.filter(({ key }) => key !== file.key));
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  };
}

/** What is told at once instead of after an upload. The server looks again, and closer. */
function whyNot({ name, type, size }: File, held: number, bytesMax: number): string | null {
  if (held >= ATTACHMENTS_MAX) return t('files.tooMany', { limit: ATTACHMENTS_MAX });
  if (size > bytesMax) return t('files.tooLarge', { name, size: formatBytes(bytesMax) });
  const ending = /\.\w+$/.exec(name.toLowerCase())?.[0] ?? '?';
  const isKnown = ACCEPTED_FILES.split(',').some(
    (one) => one === ending || one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))),
  );
  return isKnown ? null : t('files.kind', { name });
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
