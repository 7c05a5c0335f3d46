import { useEffect } from 'preact/hooks';
import { late } from '../ui/late.tsx';
import type { Desk } from './desk.ts';
import { transferredId } from './transfer-request.ts';

const TransferDialog = late(async () => (await import('./transfer-dialog.tsx')).TransferDialog);

/** Where the dialog stands while a conversation is being handed over. */
export function TransferPlace({ desk }: { desk: Desk }) {
  const id = transferredId.value;
  const summary = id === null ? undefined : desk.list.summaries.value.get(id);
  const close = () => {
    transferredId.value = null;
  };
  useEffect(() => close, []);
  // Out of sight: coming back, it does not ask for the hand-over again.
  const isLost = id !== null && !summary;
  useEffect(() => {
    if (isLost) close();
  }, [isLost]);
  return summary ? <TransferDialog key={summary.id} desk={desk} summary={summary} onClose={close} /> : null;
}
