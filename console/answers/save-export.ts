import type { ImportFormat } from '../../shared/answer-import.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

/** All answers in a file that the browser keeps. Null where that went well. */
export async function saveExport(http: Http, format: ImportFormat): Promise<ErrorReply | null> {
  const reply = await http.download(`/answers/export?format=${format}`);
  if (!reply.ok) return reply.error;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(reply.data);
  link.download = `kesher-answers-${new Date().toISOString().slice(0, 10)}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return null;
}
