/** Activities as agents see them: addresses and fields are hidden from those who may not see them. */
import type { Activity } from '../../shared/activity.ts';
import { ACTIVITY_PREVIEW_MAX } from '../../shared/activity.ts';
import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import type { App } from '../app.ts';
import { HIDDEN, isInDetail } from '../contacts/masking.ts';
import type { Db } from '../storage/database.ts';
import type { ActivityRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import type { ActivityItemRow } from './activity-store.ts';
import { readChanges } from './change-items.ts';

/** What is kept of a mail beside its words. `isStranger`: it did not come from one of the person's known addresses. */
export interface MailPart {
  from?: string;
  to?: string;
  messageId?: string;
  answersId?: string;
  reason?: string;
  isStranger?: boolean;
  files?: number;
  /** That could not be kept. */
  filesLeft?: number;
}

type Reader = Pick<Caller, 'agentId' | 'permissions' | 'role'>;

/** Own ones; and all of them for those who put files in order. What the house itself has written is nobody's to change. */
export function mayRemove(caller: Reader, row: Pick<ActivityRow, 'agentId' | 'kind' | 'mailStatus'>): boolean {
  if (row.kind === 'change' || !caller.permissions.includes('contacts:edit')) return false;
  const isTidying = caller.permissions.includes('contacts:erase');
  return isTidying || (row.mailStatus === null && row.agentId === caller.agentId);
}

/** A mail that was really sent or received stays as it was. */
export function mayEdit(caller: Reader, row: Pick<ActivityRow, 'agentId' | 'kind' | 'mailStatus'>): boolean {
  return row.mailStatus === null && mayRemove(caller, row);
}

export async function viewActivities(db: Db, caller: Reader, rows: readonly ActivityItemRow[]): Promise<TimelineItem[]> {
  const changesOf = await readChanges(db, caller, rows);
  // Who may see none of the fields that were changed sees no change.
  return rows
    .filter((row) => row.kind !== 'change' || changesOf.get(row.id)?.length !== 0)
    .map((row) => {
      const changes = changesOf.get(row.id);
      return { ...toItem(caller, row), ...(changes && { changes }) };
    });
}

function toItem(caller: Reader, row: ActivityItemRow): TimelineItem {
  const mail: MailPart | null = row.mail === null ? null : JSON.parse(row.mail);
  return {
    kind: row.kind as TimelineKind,
    id: row.id,
    at: row.at,
    title: row.title,
    text: row.text,
    agent: row.agentId === null ? null : { id: row.agentId, name: row.agentName ?? '' },
    facts: {
      ...(row.direction !== null && { direction: row.direction }),
      ...(row.outcome !== null && { outcome: row.outcome }),
      ...(row.durationMs !== null && { durationMs: row.durationMs }),
      ...(row.mailStatus !== null && { status: row.mailStatus }),
      ...(mail && mailFacts(caller, mail)),
      ...(row.isCut === 1 && { isCut: true }),
      ...(row.hasQuote === 1 && { hasQuote: true }),
      ...(row.updatedAt > row.createdAt && row.mailStatus === null && { editedAt: row.updatedAt }),
      updatedAt: row.updatedAt,
      mayEdit: mayEdit(caller, row),
      mayRemove: mayRemove(caller, row),
    },
  };
}

/** The address is the person's; what a mail server says of it may hold it too. */
function mailFacts(caller: Reader, mail: MailPart): TimelineItem['facts'] {
  const shown = (text: string) => (isInDetail(caller) ? text : HIDDEN);
  return {
    ...(mail.from !== undefined && { from: shown(mail.from) }),
    ...(mail.to !== undefined && { to: shown(mail.to) }),
    ...(mail.reason !== undefined && { reason: shown(mail.reason) }),
    ...(mail.isStranger && { isStranger: true }),
    ...(mail.files !== undefined && { files: mail.files }),
    ...(mail.filesLeft !== undefined && { filesLeft: mail.filesLeft }),
    ...(mail.answersId !== undefined && { answersId: mail.answersId }),
  };
}

/** With all of the text. Null where the reader may see nothing of it. */
export async function viewActivity(
  { storage }: Pick<App, 'storage'>,
  caller: Reader,
  row: ActivityRow & { agentName: string | null },
): Promise<Activity | null> {
  const isCut = (row.text?.length ?? 0) > ACTIVITY_PREVIEW_MAX ? 1 : 0;
  const [item] = await viewActivities(storage.db, caller, [{ ...row, isCut, hasQuote: row.quoted === null ? 0 : 1 }]);
  return item ? { ...item, contactId: row.contactId, quoted: row.quoted, updatedAt: row.updatedAt } : null;
}
