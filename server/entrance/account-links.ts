/** Links that let somebody in, once: an invitation to join, or a new password for who lost theirs. Only their hashes are kept. */
import { nanoid } from 'nanoid';
import {
  type AgentInvitation,
  type AgentInvitationRequest,
  type InvitationAcceptRequest,
  type IssuedLink,
  LINK_LIFETIME_MS,
  type LinkPurpose,
  type PasswordResetRequest,
} from '../../shared/account-link.ts';
import { AppError } from '../../shared/errors.ts';
import { getRolePermissions, lockAccess, readAccess, requireWithin } from '../access/rights.ts';
import { listTeams } from '../access/teams.ts';
import { addAgent, explainTaken, findAccount, getAccount, lockManaged, newAgentRow, welcomeColleague } from '../agents/agents.ts';
import { getBusinessName } from '../agents/business-name.ts';
import { hashPassword } from '../agents/passwords.ts';
import { replacePassword } from '../agents/profiles.ts';
import { openSession, type SignInOrigin } from '../agents/sessions.ts';
import type { App } from '../app.ts';
import { writeMail } from '../mail/mails.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { AccountLinkRow, AgentRow } from '../storage/tables.ts';
import { hashToken, newToken } from '../transport/token.ts';
import type { Caller } from '../transport/wire.ts';
import {
  deleteExpiredResets,
  deleteLink,
  deleteLinksFor,
  findLink,
  findLinkById,
  insertLink,
  type LinkKind,
  listInvitationRows,
} from './account-link-store.ts';
import { toLinkLetter } from './link-letter.ts';
import type { LetterLanguage } from './texts/link-letter-texts.ts';

/** Whoever asks for a link: where the console's pages lie as that person sees this server, and the language of its browser. */
export interface LinkAsker {
  origin: string;
  language: LetterLanguage;
}

export async function listInvitations(app: App): Promise<AgentInvitation[]> {
  return (await listInvitationRows(app.storage.db)).map(toInvitation);
}

/** Inviting the same address again makes the earlier link worthless. */
export async function invite(
  app: App,
  caller: Caller,
  { email, role, teamIds }: AgentInvitationRequest,
  from: LinkAsker,
): Promise<{ invitation: AgentInvitation } & IssuedLink> {
  const issue = await newIssue(app, from);
  const row = newLink(app, 'invitation', issue.token, { email, role, teamIds: JSON.stringify(teamIds), invitedBy: caller.agentId });
  const link = await app.storage.write(async (trx) => {
    requireWithin(caller, await getRolePermissions(trx, role));
    if (await findAccount(trx, email)) throw new AppError('conflict', 'There is an agent with this e-mail already.', { field: 'email' });
    const known = new Set((await listTeams(trx)).map(({ id }) => id));
    if (!teamIds.every((id) => known.has(id))) throw new AppError('not-found', 'There is no such team.', { field: 'teamIds' });
    await deleteLinksFor(trx, 'invitation', email);
    return storeLink(app, trx, row, issue);
  });
  return { invitation: toInvitation(row), ...link };
}

/** Another link for the same invitation, for three more days. */
export async function renewInvitation(app: App, caller: Caller, id: string, from: LinkAsker) {
  const row = await getInvitation(app.storage.db, id);
  return invite(app, caller, { email: row.email, role: row.role ?? '', teamIds: await existingTeams(app.storage.db, row) }, from);
}

export async function withdrawInvitation(app: App, caller: Caller, id: string): Promise<void> {
  await app.storage.write(async (trx) => {
    const { role } = await getInvitation(trx, id);
    requireWithin(caller, await getRolePermissions(trx, role ?? ''));
    await deleteLink(trx, id);
  });
}

/** What the page behind a link shows. */
export async function readLink(app: App, kind: LinkKind, token: string): Promise<LinkPurpose> {
  const { email } = await getUsable(app, app.storage.db, kind, token);
  return { email, business: await getBusinessName(app) };
}

/** Makes the account that the invitation promised, signed in. Works once, also for two who hurry. */
export async function acceptInvitation(
  app: App,
  { token, name, password }: InvitationAcceptRequest,
  origin: SignInOrigin,
): Promise<{ agentId: string; token: string }> {
  const { email } = await getUsable(app, app.storage.db, 'invitation', token);
  const draft = await newAgentRow(app, { name, email, password, role: 'agent' });
  await app.storage
    .write(async (trx) => {
      await lockAccess(trx);
      const link = await getUsable(app, trx, 'invitation', token);
      await requireStillGranted(trx, link);
      if (!(await deleteLink(trx, link.id))) throw spent();
      await addAgent(trx, { ...draft, role: link.role ?? 'agent' }, await existingTeams(trx, link));
    })
    .catch(explainTaken);
  await welcomeColleague(app, draft.id);
  return { agentId: draft.id, token: await openSession(app, draft.id, origin) };
}

/** A link for a colleague to choose a new password, to hand over or to send. */
export async function issueReset(app: App, caller: Caller, agentId: string, from: LinkAsker): Promise<IssuedLink> {
  const issue = await newIssue(app, from);
  return app.storage.write(async (trx) => {
    const agent = await lockManaged(trx, caller, agentId);
    if (agent.deactivatedAt !== null) throw new AppError('not-found', 'There is no such agent.');
    return storeReset(app, trx, agent, issue);
  });
}

/**
 * For who lost their own password. Says nothing of whether there is such an account: the answer and the time it takes are
 * the same, because the link is made after it.
 */
export async function requestReset(app: App, email: string, from: LinkAsker): Promise<void> {
  const agent = await findAccount(app.storage.db, email);
  if (!agent || agent.deactivatedAt !== null) return;
  const mail = async () => {
    await app.limits.spend('resets', agent.id);
    const issue = await newIssue(app, from);
    await app.storage.write((trx) => storeReset(app, trx, agent, issue));
  };
  mail().catch((error: unknown) => app.log.warn({ err: error }, 'a link for a new password was not sent'));
}

/** The old password and every session that it opened end; a second factor stays. */
export async function resetPassword(app: App, { token, password }: PasswordResetRequest): Promise<LinkPurpose> {
  await getUsable(app, app.storage.db, 'reset', token);
  const passwordHash = await hashPassword(password);
  const { email, ended } = await app.storage.write(async (trx) => {
    const link = await getUsable(app, trx, 'reset', token);
    const agent = await getAccount(trx, link.agentId ?? '');
    if (agent.deactivatedAt !== null || !(await deleteLink(trx, link.id))) throw spent();
    await deleteLinksFor(trx, 'reset', link.email);
    return { email: link.email, ended: await replacePassword(trx, agent.id, passwordHash, null) };
  });
  for (const id of ended) app.broadcast.disconnectCredential(id);
  return { email, business: await getBusinessName(app) };
}

async function storeReset(app: App, trx: Transaction, { id, email }: AgentRow, issue: Issue): Promise<IssuedLink> {
  await deleteExpiredResets(trx, app.now());
  await deleteLinksFor(trx, 'reset', email);
  return storeLink(app, trx, newLink(app, 'reset', issue.token, { email, agentId: id }), issue);
}

/** Whoever invited may have lost the right to give this role since. */
async function requireStillGranted(trx: Transaction, { role, invitedBy }: AccountLinkRow): Promise<void> {
  const inviter = await getAccount(trx, invitedBy ?? '');
  const held = inviter.deactivatedAt === null ? (await readAccess(trx, inviter)).permissions : [];
  const granted = await getRolePermissions(trx, role ?? '');
  if (!held.includes('agents:manage') || !granted.every((permission) => held.includes(permission))) throw spent();
}

async function getUsable(app: App, db: Db, kind: LinkKind, token: string): Promise<AccountLinkRow> {
  const link = await findLink(db, kind, hashToken(token));
  if (!link || link.expiresAt <= app.now()) throw spent();
  return link;
}

function spent(): AppError {
  return new AppError('not-found', 'This link has been used or has expired.', { field: 'token' });
}

async function getInvitation(db: Db, id: string): Promise<AccountLinkRow> {
  const row = await findLinkById(db, 'invitation', id);
  if (!row) throw new AppError('not-found', 'There is no such invitation.');
  return row;
}

async function existingTeams(db: Db, { teamIds }: AccountLinkRow): Promise<string[]> {
  const known = new Set((await listTeams(db)).map(({ id }) => id));
  return (JSON.parse(teamIds) as string[]).filter((id) => known.has(id));
}

/** A link about to be made, and what its letter says. */
interface Issue {
  token: string;
  business: string;
  from: LinkAsker;
}

async function newIssue(app: App, from: LinkAsker): Promise<Issue> {
  return { token: newToken(), business: await getBusinessName(app), from };
}

/**
 * With its letter, where this installation sends mail: until that is sent, and no longer, the token itself is stored.
 * It stands after `#`, which browsers send to nobody: no proxy's log and no referrer holds it.
 */
async function storeLink(app: App, trx: Transaction, row: AccountLinkRow, { token, business, from }: Issue): Promise<IssuedLink> {
  await insertLink(trx, row);
  const kind = row.kind as LinkKind;
  const page = kind === 'invitation' ? 'invitation' : 'new-password';
  const url = `${app.config.publicUrl ?? from.origin}/console/${page}#${token}`;
  const isMailed = app.config.mail !== null;
  const letter = toLinkLetter({ kind, url, business, language: from.language });
  if (isMailed) await writeMail(trx, { contactId: null, recipient: row.email, ...letter }, app.now());
  return { url, expiresAt: row.expiresAt, isMailed };
}

function newLink(app: App, kind: LinkKind, token: string, about: Pick<AccountLinkRow, 'email'> & Partial<AccountLinkRow>): AccountLinkRow {
  const now = app.now();
  return {
    id: nanoid(),
    kind,
    tokenHash: hashToken(token),
    agentId: null,
    role: null,
    teamIds: '[]',
    invitedBy: null,
    createdAt: now,
    expiresAt: now + LINK_LIFETIME_MS,
    ...about,
  };
}

function toInvitation(row: AccountLinkRow): AgentInvitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role ?? '',
    teamIds: JSON.parse(row.teamIds),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  };
}
