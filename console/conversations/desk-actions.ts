/** What an agent does with a conversation, with its undo and with a sentence where it did not work. */
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Priority } from '../../shared/routing.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { NotResolvedReason } from '../messages/courier.ts';
import type { Draft } from '../messages/drafts.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { formatSoon } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import type { Desk } from './desk.ts';

async function act(doing: Promise<Reply<unknown>>, done?: { text: string; undo: () => void }): Promise<void> {
  const reply = await doing;
  if (!reply.ok) showProblem(reply.error);
  else if (done) showToast({ text: done.text, action: { label: t('action.undo'), run: done.undo } });
}

export function showProblem(error: ErrorReply): void {
  showToast({ text: errorText(error), tone: 'problem' });
}

export function showResolved(desk: Desk, conversationId: string): void {
  showToast({ text: t('toast.resolved'), action: { label: t('action.undo'), run: () => void act(desk.reopen(conversationId)) } });
}

/** Sent and resolved, it was said; only the first has happened. */
export function showNotResolved(desk: Desk, conversationId: string, why: NotResolvedReason): void {
  const contact = desk.list.summaries.value.get(conversationId)?.contact ?? { id: conversationId, name: null };
  const name = contactName(contact);
  const text =
    why === 'visitor-wrote' ? t('toast.visitorWrote', { name }) : t('toast.notResolved', { name, reason: errorText({ code: why }) });
  showToast({ text, tone: 'problem' });
}

/** What was begun here gave way to what was written later elsewhere; it can be had back. */
export function showDraftReplaced(desk: Desk, conversationId: string, lost: Draft): void {
  const contact = desk.list.summaries.value.get(conversationId)?.contact ?? { id: conversationId, name: null };
  showToast({
    text: t('deck.draftReplaced', { name: contactName(contact) }),
    action: {
      label: t('deck.draftBack'),
      run: () => desk.drafts.set(conversationId, { ...desk.drafts.of(conversationId).peek(), ...lost }),
    },
  });
}

export function assign(desk: Desk, { id, assigneeId }: ConversationSummary, agentId: string | null): void {
  if (assigneeId === agentId) return;
  const name = agentId === null ? null : (desk.colleagues.agents.value.get(agentId)?.name ?? '');
  const text = name === null ? t('toast.unassigned') : agentId === desk.agentId ? t('toast.assignedToMe') : t('toast.assigned', { name });
  void act(desk.assign(id, { agentId }), { text, undo: () => void act(desk.assign(id, { agentId: assigneeId })) });
}

/** To a team's queue, for any of its members to take; whoever of them has it keeps it. */
export function assignTeam(desk: Desk, { id, assigneeId, teamId: before }: ConversationSummary, teamId: string | null): void {
  if (before === teamId) return;
  const team = desk.colleagues.teams.value.find((known) => known.id === teamId);
  const isMember = team === undefined || (assigneeId !== null && team.memberIds.includes(assigneeId));
  const to = isMember ? { teamId } : { teamId, agentId: null };
  const text = team ? t('toast.assigned', { name: team.name }) : t('toast.noTeam');
  void act(desk.assign(id, to), { text, undo: () => void act(desk.assign(id, { agentId: assigneeId, teamId: before })) });
}

export function resolve(desk: Desk, { id }: ConversationSummary): void {
  void act(desk.resolve(id), { text: t('toast.resolved'), undo: () => void act(desk.reopen(id)) });
}

export function reopen(desk: Desk, { id }: ConversationSummary): void {
  void act(desk.reopen(id));
}

export function snooze(desk: Desk, { id }: ConversationSummary, until: number): void {
  void act(desk.snooze(id, until), {
    text: t('toast.snoozed', { until: formatSoon(until, Date.now()) }),
    undo: () => void act(desk.reopen(id)),
  });
}

/** Whoever is next in the queue; the conversation's id, or null with a word why not. */
export async function takeNext(desk: Desk): Promise<string | null> {
  const reply = await desk.pick();
  if (reply.ok && reply.data.conversation) return reply.data.conversation.id;
  if (reply.ok) showToast({ text: t('take.nobody') });
  else if (reply.error.code === 'conflict') {
    showToast({ text: t(reply.error.field === 'capacity' ? 'take.full' : 'take.quicker'), tone: 'problem' });
  } else showProblem(reply.error);
  return null;
}

/** Said kindly, with the way back: here again, or to the queue. */
export function showLeft(desk: Desk, conversations: readonly ConversationSummary[], toQueue: () => void): void {
  const isBack = desk.me.value?.availability === 'online';
  showToast({
    text: t('me.left', { count: conversations.length }),
    shownMs: 15_000,
    action: isBack
      ? { label: t('me.seeQueue'), run: toQueue }
      : { label: t('me.back'), run: () => void act(desk.setAvailability('online')) },
  });
}

/** Told by the row and by a line in the conversation; a mistake can be taken back. */
export function prioritize(desk: Desk, { id, priority: before }: ConversationSummary, priority: Priority): void {
  if (before === priority) return;
  void act(desk.prioritize(id, priority), {
    text: t('priority.mark', { priority: t(`priority.${priority}`) }),
    undo: () => void act(desk.prioritize(id, before)),
  });
}

export function setTags(desk: Desk, { id }: ConversationSummary, tags: string[]): void {
  void act(desk.tag(id, tags));
}

/** Tells this agent when a colleague has changed its availability; the returned function ends that. */
export function showWhoSetMe(desk: Desk): () => void {
  let known: string | null = null;
  return desk.me.subscribe((me) => {
    const { availability, availabilitySetBy: by } = me ?? {};
    const now = by ? `${availability} ${by.id}` : '';
    // What was so before this session began is seen in the menu.
    if (known !== null && now !== known && by && availability) showToast({ text: t(`now.youWereSet.${availability}`, { name: by.name }) });
    if (me) known = now;
  });
}
