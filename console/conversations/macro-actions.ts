/** Canned responses and macros in one conversation: what is filled in, how a macro is run, and how it is taken back. */
import { nanoid } from 'nanoid';
import { fillText, gapsIn } from '../../shared/canned-text.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Macro, MacroRunReply } from '../../shared/macro.ts';
import type { PendingMacro } from '../../shared/outbox.ts';
import type { Draft } from '../messages/drafts.ts';
import { type QuickSource, replyOf } from '../messages/quick-source.ts';
import { isBegun } from '../messages/taken-back.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';
import { showToast } from '../ui/toast.tsx';
import type { Desk } from './desk.ts';
import { showProblem } from './desk-actions.ts';
import { snoozePresets } from './snooze-presets.ts';

/** How many the palette shows before somebody types. */
const MACROS_SHOWN_MAX = 200;

export function quickSource(desk: Desk, summary: ConversationSummary): QuickSource {
  const contact = desk.conversation(summary.id).contact.value;
  return {
    repertoire: desk.repertoire,
    surroundings: {
      contact,
      agentName: desk.me.value?.name ?? '',
      business: desk.me.value?.business ?? '',
      conversationId: summary.id,
    },
    languages: [contact?.locale ?? null, ...(desk.me.value?.profile.languages ?? []), language.value],
    onMacro: (macro) => runMacro(desk, summary, macro),
  };
}

/** At once, or with the reply in the composer first: where the macro says so, and where the reply has gaps that only a person can fill. */
export function runMacro(desk: Desk, summary: ConversationSummary, macro: Macro): void {
  const source = quickSource(desk, summary);
  const { id: conversationId } = summary;
  desk.repertoire.used(macro.id);
  if (!macro.steps.reply) return void runSilently(desk, summary, macro, nanoid());
  const said = replyOf(source, { kind: 'macro', id: macro.id, macro });
  if (!said) return showToast({ text: t('macro.noReply', { name: macro.name }), tone: 'problem' });
  const draft = desk.drafts.of(conversationId).value;
  const isBusy = isBegun(draft);
  // A note never becomes part of what the customer reads.
  if (isBusy && draft.visibility === 'internal') return showToast({ text: t('macro.finishNote', { name: macro.name }), tone: 'problem' });
  const files = said.response ? desk.uploads.withCopies(isBusy ? (draft.files ?? []) : [], said.response) : (draft.files ?? []);
  const seenSeq = desk.conversation(conversationId).messages.transcript.value.messages.at(-1)?.seq ?? summary.lastSeq;
  const seen = { id: macro.id, version: macro.updatedAt };
  // What is being written is not lost over a macro: it goes with the reply, when the agent says so.
  if (macro.steps.isReplyShownFirst || isBusy || gapsIn(said.text).length > 0) {
    const text = [draft.text.trimEnd(), said.text].filter(Boolean).join('\n\n');
    desk.drafts.set(conversationId, { text, files, visibility: 'public', macro: seen, seenSeq: draft.seenSeq ?? seenSeq });
    return;
  }
  try {
    desk.send(conversationId, said.text, 'public', { files, seenSeq, macro: pendingMacro(desk, conversationId, seen) });
  } catch {
    showToast({ text: t('toast.storageFull'), tone: 'problem' });
  }
}

/** What a macro says and means at this moment, for the message that carries it. */
export function pendingMacro(desk: Desk, conversationId: string, drafted: Draft['macro']): PendingMacro | undefined {
  if (!drafted) return undefined;
  const macro = desk.repertoire.macros.get(drafted.id);
  if (!macro) return drafted;
  return { ...drafted, ...meantNow(desk, conversationId, macro) };
}

function meantNow(desk: Desk, conversationId: string, { steps }: Macro): Pick<PendingMacro, 'note' | 'until'> {
  const summary = desk.list.summaries.value.get(conversationId);
  const note = steps.note.trim() && summary ? fillText(steps.note, quickSource(desk, summary).surroundings) : undefined;
  const until = steps.end?.status === 'snoozed' ? snoozePresets(Date.now(), language.value === 'he' ? 0 : 1)[steps.end.span] : undefined;
  return { ...(note !== undefined && { note }), ...(until !== undefined && { until }) };
}

/** Asked again under the same id, it is still run once. */
async function runSilently(desk: Desk, summary: ConversationSummary, macro: Macro, id: string): Promise<void> {
  const { id: conversationId } = summary;
  const expectedSeq = desk.conversation(conversationId).messages.transcript.value.messages.at(-1)?.seq ?? summary.lastSeq;
  const reply = await desk.runMacro({
    ...{ id, macroId: macro.id, version: macro.updatedAt, conversationId, expectedSeq },
    ...meantNow(desk, conversationId, macro),
  });
  if (reply.ok) return showMacroRun(desk, macro.id, reply.data);
  const isMacroChanged = reply.error.code === 'stale' && reply.error.field === 'version';
  const text = isMacroChanged
    ? t('macro.changedMeanwhile', { name: macro.name })
    : reply.error.code === 'stale'
      ? t('macro.stale', { name: macro.name })
      : t('macro.notRun', { name: macro.name, reason: errorText(reply.error) });
  const again = { label: t('action.retry'), run: () => void runSilently(desk, summary, macro, id) };
  showToast({ text, tone: 'problem', ...(reply.error.code === 'unavailable' && { action: again }) });
}

export function showMacroRun(desk: Desk, macroId: string, { conversation, message, before }: MacroRunReply): void {
  const macro = desk.repertoire.macros.get(macroId);
  const name = macro?.name ?? '';
  const text = message ? t('macro.ranWithReply', { name }) : t('macro.ran', { name });
  const isUndoable = macro && (macro.steps.end || macro.steps.assign || macro.steps.addTags.length + macro.steps.removeTags.length > 0);
  showToast({
    text,
    ...(isUndoable && { action: { label: t('action.undo'), run: () => void undo(desk, { id: conversation.id, macro, before }) } }),
  });
}

/** Puts back what was there, save what somebody has changed since. What was said stays said. */
async function undo(desk: Desk, { id, macro, before }: { id: string; macro: Macro; before: MacroRunReply['before'] }): Promise<void> {
  const { steps } = macro;
  const now = () => desk.list.summaries.value.get(id);
  const problems: Parameters<typeof showProblem>[0][] = [];
  const note = (reply: Awaited<ReturnType<Desk['tag']>>) => {
    if (!reply.ok) problems.push(reply.error);
  };
  if (steps.end && before.status !== 'resolved') {
    note(
      await (before.status === 'snoozed' && (before.snoozedUntil ?? 0) > Date.now()
        ? desk.snooze(id, before.snoozedUntil ?? 0)
        : desk.reopen(id)),
    );
  }
  if (steps.assign) note(await desk.assign(id, { agentId: before.assigneeId, teamId: before.teamId }));
  if (steps.addTags.length + steps.removeTags.length > 0) {
    const added = steps.addTags.filter((tag) => !before.tags.includes(tag));
    const removed = steps.removeTags.filter((tag) => before.tags.includes(tag));
    const held = now()?.tags ?? before.tags;
    note(await desk.tag(id, [...new Set([...held.filter((tag) => !added.includes(tag)), ...removed])]));
  }
  if (problems[0]) showProblem(problems[0]);
}

/** What the palette offers for the open conversation. */
export function listMacroPlaces(desk: Desk, summary: ConversationSummary) {
  if (desk.repertoire.macros.turn.value < 0) return [];
  return [...desk.repertoire.macros.all()].slice(0, MACROS_SHOWN_MAX).map((macro) => ({
    key: `macro-${macro.id}`,
    label: t('macro.run', { name: macro.name }),
    icon: 'zap' as IconName,
    open: () => runMacro(desk, summary, macro),
    alsoCalled: [macro.name],
    isOnlySought: true,
  }));
}
