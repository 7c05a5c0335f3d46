import { useEffect, useState } from 'preact/hooks';
import type { PendingFile } from '../../shared/attachment.ts';
import type { UploadState } from '../../shared/uploads.ts';
import type { Chat } from '../chat-state.ts';
import type { VisitorUploads } from '../visitor-uploads.ts';
import { useSpeech } from './speech.ts';

export interface ShownUploads extends Pick<VisitorUploads, 'content'> {
  all: VisitorUploads;
  states: ReadonlyMap<string, UploadState>;
}

/** The uploads, drawn anew with each step; null until they are here. */
export function useUploads(chat: Chat, isWanted: boolean): ShownUploads | null {
  const [shown, setShown] = useState<ShownUploads | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    let dispose: () => void = () => undefined;
    let isGone = false;
    void chat.uploads().then(
      (all) => {
        if (isGone) return;
        dispose = all.states.subscribe((states) => setShown({ all, states, content: all.content }));
      },
      () => undefined,
    );
    return () => {
      isGone = true;
      dispose();
    };
  }, [chat, isWanted]);
  return shown;
}

/** How far a file is, or why it does not go. */
export function FileNote({ file, uploads }: { file: PendingFile; uploads: ShownUploads | null }) {
  const { t } = useSpeech();
  const state = uploads?.states.get(file.key);
  if (!state || state.isDone) return null;
  const { name } = file;
  const failed =
    state.failed && t(state.failed === 'not-found' ? 'fileLost' : state.failed === 'invalid' ? 'fileKind' : 'fileRefused', { name });
  if (failed) return <p class="file-note bad">{failed}</p>;
  const percent = Math.round(state.share * 100);
  return (
    <p class="file-note">
      <progress max={100} value={percent} aria-label={t('fileProgress', { name, percent: `${percent}%` })} />
      {state.isWaiting ? t('fileWaiting') : state.isHeldHere ? t('fileHeldHere') : ''}
    </p>
  );
}

/** 350 kB, 2.4 MB. */
export function formatBytes(bytes: number): string {
  const isSmall = bytes < 1_000_000;
  const amount = isSmall ? Math.max(1, Math.round(bytes / 1_000)) : Math.round(bytes / 104_857.6) / 10;
  return `\u2066${amount} ${isSmall ? 'kB' : 'MB'}\u2069`;
}
