import { useContext } from 'preact/hooks';
import type { Attachment, PendingFile } from '../../shared/attachment.ts';
import { heightOf } from '../picture-height.ts';
import { ChatContext } from './chat-context.ts';
import { useLazy } from './use-lazy.ts';

const loadCards = async () => (await import('./file-cards.tsx')).FileCards;

/** The files of a message. How they look comes later; how high they are is known before, so that nothing jumps. */
export function SentFiles({ files }: { files: readonly (Attachment | PendingFile)[] }) {
  const chat = useContext(ChatContext);
  const FileCards = useLazy(chat !== null, loadCards);
  if (chat && FileCards) return <FileCards files={files} chat={chat} />;
  return <div style={{ blockSize: `${files.reduce((sum, { width = 0, height = 0 }) => sum + 4 + heightOf(width, height), -4)}px` }} />;
}
