import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { postWithin } from '../../server/conversations/messages.ts';
import { type Permission, permissions, withImplied } from '../../shared/agent.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { agentEvents, type RouteTarget, routes, visitorEvents } from '../helpers/attack-surface.ts';
import { makeRole, makeTeam, makeToken, writeIn } from '../helpers/company.ts';
import { ask, get, type House, type HouseOptions, openHouse } from '../helpers/house.ts';
import { openMailServer } from '../helpers/mail-server.ts';

/** Who comes to the door. A row of the table names those who may; everybody else must be refused. */
const people = [
  'nobody',
  'visitor',
  'otherVisitor',
  'reader',
  'otherTeam',
  'supervisor',
  'administrator',
  'deactivated',
  'revokedToken',
] as const;
type Who = (typeof people)[number];

const signedIn: readonly Who[] = ['reader', 'otherTeam', 'supervisor', 'administrator'];
const everybody: readonly Who[] = people;
const administrator: readonly Who[] = ['administrator'];
const leaders: readonly Who[] = ['supervisor', 'administrator'];
const seers: readonly Who[] = ['reader', 'supervisor', 'administrator'];

/**
 * `reader` sees everything and may do nothing; `otherTeam` may reply, assign and edit, but sees only its own team, which
 * has nothing to do with the conversation that is asked for.
 */
const mayRoute: Record<string, readonly Who[]> = {
  'POST /setup': everybody,
  'POST /session': everybody,
  'GET /openapi.json': everybody,
  'GET /docs': everybody,
  'GET /session': signedIn,
  'DELETE /session': signedIn,
  'GET /sessions': signedIn,
  'DELETE /sessions/:id': signedIn,
  'POST /profile/photo': signedIn,
  'DELETE /profile/photo': signedIn,
  'GET /notices': signedIn,
  'GET /mentions': signedIn,
  'GET /mentions/unseen': signedIn,
  'GET /blocked-visitors': leaders,
  'POST /contacts/:id/block': leaders,
  'DELETE /contacts/:id/block': leaders,
  'GET /agents': signedIn,
  'POST /agents': administrator,
  'PATCH /agents/:id': administrator,
  'DELETE /agents/:id/two-factor': administrator,
  'PATCH /agents/:id/availability': leaders,
  'GET /now/conversations': leaders,
  'POST /agents/:id/password-reset': administrator,
  'GET /agent-invitations': administrator,
  'POST /agent-invitations': administrator,
  'POST /agent-invitations/:id/renew': administrator,
  'DELETE /agent-invitations/:id': administrator,
  'POST /agent-invitations/look': everybody,
  'POST /agent-invitations/accept': everybody,
  'POST /password-resets': everybody,
  'POST /password-resets/look': everybody,
  'POST /password-resets/use': everybody,
  'PATCH /profile': signedIn,
  'POST /password': signedIn,
  'POST /two-factor': signedIn,
  'POST /two-factor/confirm': signedIn,
  'POST /two-factor/recovery-codes': signedIn,
  'POST /two-factor/end': signedIn,
  'GET /business': signedIn,
  'PATCH /business': administrator,
  'GET /roles': administrator,
  'POST /roles': administrator,
  'PATCH /roles/:id': administrator,
  'DELETE /roles/:id': administrator,
  'GET /teams': signedIn,
  'POST /teams': leaders,
  'PATCH /teams/:id': leaders,
  'DELETE /teams/:id': leaders,
  'GET /api-tokens': administrator,
  'POST /api-tokens': administrator,
  'DELETE /api-tokens/:id': administrator,
  'GET /widget/:inboxKey': everybody,
  'GET /widget/:inboxKey/availability': everybody,
  'POST /widget/:inboxKey/invitations/:invitationId/:what': everybody,
  'GET /inboxes/:id/invitations': administrator,
  'POST /widget/:inboxKey/attachments': ['visitor', 'otherVisitor'],
  'POST /attachments': ['otherTeam', ...leaders],
  'GET /canned-responses': ['otherTeam', ...leaders],
  'POST /canned-responses': ['otherTeam', ...leaders],
  'PATCH /canned-responses/:id': ['otherTeam', ...leaders],
  'DELETE /canned-responses/:id': ['otherTeam', ...leaders],
  'POST /canned-responses/:id/copies': ['otherTeam', ...leaders],
  'GET /conversations/:id/advice': leaders,
  'GET /proposals': leaders,
  'POST /proposals/decide': leaders,
  'POST /proposals/:id/approve': leaders,
  'GET /answers': ['otherTeam', ...leaders],
  'POST /answers': leaders,
  'POST /answers/try': ['otherTeam', ...leaders],
  'GET /answers/library': leaders,
  'POST /answers/from-library': leaders,
  'GET /answers/export': leaders,
  'POST /answers/import': leaders,
  'GET /answers/:id': ['otherTeam', ...leaders],
  'PATCH /answers/:id': leaders,
  'DELETE /answers/:id': leaders,
  'POST /answers/:id/copies': ['otherTeam', ...leaders],
  'GET /macros': ['otherTeam', ...leaders],
  'POST /macros': ['otherTeam', ...leaders],
  'PATCH /macros/:id': ['otherTeam', ...leaders],
  'DELETE /macros/:id': ['otherTeam', ...leaders],
  'GET /tags': signedIn,
  'POST /tags': leaders,
  'PATCH /tags/:id': leaders,
  'DELETE /tags/:id': leaders,
  'GET /questions': leaders,
  'GET /questions/:id/examples': leaders,
  'POST /questions/:id/rename': leaders,
  'POST /questions/:id/merge': leaders,
  'POST /questions/:id/split': leaders,
  'POST /questions/:id/ignore': leaders,
  'POST /questions/:id/restore': leaders,
  'POST /questions/:id/answer': leaders,
  'POST /questions/:id/answer-draft': leaders,
  'GET /business-hours': signedIn,
  'POST /business-hours': administrator,
  'PATCH /business-hours/:id': administrator,
  'DELETE /business-hours/:id': administrator,
  'POST /business-hours/preview': administrator,
  'POST /business-hours/calendar': administrator,
  'GET /business-hours/cities': administrator,
  'GET /business-hours/countries': administrator,
  'GET /business-hours/holidays': administrator,
  'GET /sla-policies': administrator,
  'POST /sla-policies': administrator,
  'POST /sla-policies/order': administrator,
  'POST /sla-policies/preview': administrator,
  'PATCH /sla-policies/:id': administrator,
  'DELETE /sla-policies/:id': administrator,
  'GET /sla-breaches': leaders,
  'GET /bot/deflection': leaders,
  'GET /bot/deflection/conversations': leaders,
  'GET /inboxes': administrator,
  'POST /inboxes': administrator,
  'DELETE /inboxes/:id': administrator,
  'PATCH /inboxes/:id': administrator,
  'GET /customers': ['otherTeam', ...leaders],
  'GET /customers/count': ['otherTeam', ...leaders],
  'GET /customers/layout': ['otherTeam', ...leaders],
  'PUT /customers/layout': ['otherTeam', ...leaders],
  'GET /customers/export': leaders,
  'POST /customers/changes': ['otherTeam', ...leaders],
  'GET /customer-jobs': ['otherTeam', ...leaders],
  'GET /customer-jobs/:id': ['otherTeam', ...leaders],
  'POST /customer-jobs/:id/cancel': ['otherTeam', ...leaders],
  'POST /customer-jobs/:id/undo': ['otherTeam', ...leaders],
  'POST /customer-imports': leaders,
  'GET /customer-imports/:id': leaders,
  'GET /customer-imports/:id/rows': leaders,
  'GET /customer-imports/:id/refused': leaders,
  'POST /customer-imports/:id/check': leaders,
  'POST /customer-imports/:id/run': leaders,
  'DELETE /customer-imports/:id': leaders,
  'GET /segments': ['otherTeam', ...leaders],
  'POST /segments': ['otherTeam', ...leaders],
  'GET /segments/:id': ['otherTeam', ...leaders],
  'PATCH /segments/:id': ['otherTeam', ...leaders],
  'DELETE /segments/:id': ['otherTeam', ...leaders],
  'GET /contacts': ['otherTeam', ...leaders],
  'GET /contacts/:id': ['otherTeam', ...leaders],
  'GET /contacts/:id/events': ['otherTeam', ...leaders],
  'PATCH /contacts/:id': ['otherTeam', ...leaders],
  'GET /contacts/:id/timeline': ['otherTeam', ...leaders],
  'POST /contacts/:id/activities': ['otherTeam', ...leaders],
  'POST /contacts/:id/mails': ['otherTeam', ...leaders],
  'GET /mail-ways': ['otherTeam', ...leaders],
  'GET /activities/:id': ['otherTeam', ...leaders],
  'PATCH /activities/:id': ['otherTeam', ...leaders],
  'DELETE /activities/:id': ['otherTeam', ...leaders],
  'POST /activities/:id/restore': ['otherTeam', ...leaders],
  'GET /documents': ['otherTeam', ...leaders],
  'POST /documents': ['otherTeam', ...leaders],
  'GET /documents/:id/file': ['otherTeam', ...leaders],
  'PATCH /documents/:id': ['otherTeam', ...leaders],
  'DELETE /documents/:id': ['otherTeam', ...leaders],
  'POST /documents/:id/restore': ['otherTeam', ...leaders],
  'POST /contacts': ['otherTeam', ...leaders],
  'DELETE /contacts/:id': leaders,
  'GET /contact-tags': ['otherTeam', ...leaders],
  'GET /contacts/:id/identities': ['otherTeam', ...leaders],
  'POST /contacts/:id/identities': ['otherTeam', ...leaders],
  'PATCH /contacts/:id/identities/:identityId': ['otherTeam', ...leaders],
  'DELETE /contacts/:id/identities/:identityId': ['otherTeam', ...leaders],
  'GET /contacts/:id/consents': ['otherTeam', ...leaders],
  'POST /contacts/:id/consents': ['otherTeam', ...leaders],
  'GET /contacts/:id/likenesses': ['otherTeam', ...leaders],
  'GET /contacts/:id/merges': ['otherTeam', ...leaders],
  'GET /contacts/:id/comparison': leaders,
  'GET /duplicates': leaders,
  'POST /likenesses/:id/refuse': leaders,
  'POST /likenesses/:id/reopen': leaders,
  'POST /contacts/:id/merge': leaders,
  'POST /merges/:id/undo': leaders,
  'POST /contacts/:id/split': leaders,
  'GET /companies': ['otherTeam', ...leaders],
  'POST /companies': ['otherTeam', ...leaders],
  'GET /companies/:id': ['otherTeam', ...leaders],
  'GET /companies/:id/people': ['otherTeam', ...leaders],
  'PATCH /companies/:id': ['otherTeam', ...leaders],
  'DELETE /companies/:id': ['otherTeam', ...leaders],
  'GET /fields': signedIn,
  'POST /fields': administrator,
  'POST /fields/order': administrator,
  'PATCH /fields/:id': administrator,
  'GET /routing': administrator,
  'PUT /routing': administrator,
  'POST /routing/simulate': administrator,
  'GET /routing/agents': signedIn,
  'PUT /routing/agents/:id': administrator,
  'GET /views': signedIn,
  'GET /views/counts': signedIn,
  'GET /views/inboxes': signedIn,
  'GET /views/page': signedIn,
  'GET /views/ids': signedIn,
  'POST /views/fitting': signedIn,
  'POST /views/order': signedIn,
  'POST /views': signedIn,
  'PATCH /views/:id': signedIn,
  'DELETE /views/:id': signedIn,
  'GET /search': signedIn,
  'GET /conversations/:id/finds': seers,
  'GET /tasks': leaders,
  'POST /tasks': leaders,
  'PATCH /tasks/:id': leaders,
  'GET /tasks/:id': leaders,
  'DELETE /tasks/:id': leaders,
  'POST /tasks/changes': leaders,
  'GET /call-times': leaders,
  'POST /tasks/:id/attempts': leaders,
  'GET /purchases': leaders,
  'POST /purchases': leaders,
  'POST /purchases/import': leaders,
  'GET /purchase-imports': leaders,
  'POST /purchase-imports': leaders,
  'GET /purchase-imports/:id': leaders,
  'GET /purchase-imports/:id/rows': leaders,
  'GET /purchase-imports/:id/refused': leaders,
  'POST /purchase-imports/:id/check': leaders,
  'POST /purchase-imports/:id/run': leaders,
  'POST /purchase-imports/:id/cancel': leaders,
  'POST /purchase-imports/:id/undo': leaders,
  'DELETE /purchase-imports/:id': leaders,
  'PUT /purchases/external/:externalId': leaders,
  'GET /purchases/:id': leaders,
  'PATCH /purchases/:id': leaders,
  'DELETE /purchases/:id': leaders,
  'GET /purchases/:id/changes': leaders,
  'GET /renewals': leaders,
  'GET /contacts/:id/value': leaders,
  'GET /customer-rules': leaders,
  'PUT /customer-rules': administrator,
  'GET /pipelines': leaders,
  'POST /pipelines': administrator,
  'POST /pipelines/order': administrator,
  'PATCH /pipelines/:id': administrator,
  'GET /lost-reasons': leaders,
  'PUT /lost-reasons': administrator,
  'GET /opportunities': leaders,
  'POST /opportunities': leaders,
  'GET /opportunities/board': leaders,
  'GET /opportunities/:id': leaders,
  'PATCH /opportunities/:id': leaders,
  'DELETE /opportunities/:id': leaders,
  'POST /opportunities/:id/move': leaders,
  'POST /opportunities/:id/close': leaders,
  'GET /tickets': leaders,
  'POST /tickets': leaders,
  'GET /tickets/:id': leaders,
  'PATCH /tickets/:id': leaders,
  'DELETE /tickets/:id': administrator,
  'GET /tickets/:id/changes': leaders,
  'GET /tickets/:id/log': leaders,
  'POST /tickets/:id/log': leaders,
  'PATCH /tickets/:id/log/:entryId': leaders,
  'DELETE /tickets/:id/log/:entryId': leaders,
  'POST /tickets/:id/conversations': leaders,
  'DELETE /tickets/:id/conversations/:conversationId': leaders,
  'POST /tickets/:id/related': leaders,
  'DELETE /tickets/:id/related/:otherId': leaders,
  'GET /ticket-categories': leaders,
  'POST /ticket-categories': administrator,
  'POST /ticket-categories/order': administrator,
  'PATCH /ticket-categories/:id': administrator,
  'GET /ticket-reasons': leaders,
  'POST /ticket-reasons': administrator,
  'POST /ticket-reasons/order': administrator,
  'PATCH /ticket-reasons/:id': administrator,
  'GET /conversations': signedIn,
  'GET /conversations/:id': seers,
  'GET /conversations/:id/messages': seers,
};

const mayAgentEvent: Record<keyof typeof agentEvents, readonly Who[]> = {
  'availability:set': signedIn,
  'conversation:open': seers,
  'conversation:leave': signedIn,
  'message:list': seers,
  'message:post': leaders,
  'conversation:assign': leaders,
  'conversation:pick': ['otherTeam', ...leaders],
  'conversation:transfer': leaders,
  'conversation:audience': leaders,
  'conversation:resolve': leaders,
  'conversation:reopen': leaders,
  'conversation:snooze': leaders,
  'conversation:tag': leaders,
  'conversation:prioritize': leaders,
  'macro:run': leaders,
  'conversation:bulk': signedIn,
  'conversation:bulk-undo': signedIn,
  'conversation:read': seers,
  'typing:set': leaders,
  'draft:set': leaders,
  'draft:list': signedIn,
  'notice:seen': signedIn,
  'visitor:watch': leaders,
  'visitor:unwatch': signedIn,
  // Of somebody who is not on the site: who may is told in on-site.test.ts.
  'visitor:greet': [],
  'now:watch': leaders,
  'now:unwatch': signedIn,
};

const mayVisitorEvent: Record<keyof typeof visitorEvents, readonly Who[]> = {
  'message:post': ['visitor'],
  'message:list': ['visitor'],
  'conversation:list': ['visitor', 'otherVisitor'],
  'visitor:identify': ['visitor', 'otherVisitor'],
  'typing:set': ['visitor'],
  'conversation:read': ['visitor'],
  'conversation:end': ['visitor'],
  'event:track': ['visitor', 'otherVisitor'],
  'conversation:rate': ['visitor'],
  'answer:rate': ['visitor'],
  'callback:request': ['visitor', 'otherVisitor'],
  'callback:times': ['visitor', 'otherVisitor'],
  'ticket:list': ['visitor', 'otherVisitor'],
  'transcript:send': ['visitor'],
  'data:export': ['visitor', 'otherVisitor'],
  'data:erase': ['visitor', 'otherVisitor'],
  'page:view': ['visitor', 'otherVisitor'],
};

/** What is answered where somebody may do it at all, however wrong the sample is; a right is refused by other codes. */
const refusals: readonly (ErrorCode | undefined)[] = ['unauthenticated', 'forbidden'];

interface Company {
  house: House;
  conversationId: string;
  contactId: string;
  supervisorId: string;
  headers: Record<Who, Record<string, string>>;
  agents: Partial<Record<Who, Socket>>;
  visitors: Partial<Record<Who, Socket>>;
}

async function openCompany(options: HouseOptions = {}): Promise<Company> {
  const house = await openHouse(options);
  const reader = await makeRole(house, 'reader', ['conversations:view-all']);
  const member = await makeRole(house, 'member', [
    'conversations:view-team',
    'conversations:reply',
    'conversations:assign',
    'contacts:view-details',
    'contacts:edit',
  ]);
  const [sales, service] = [await makeTeam(house, 'מכירות'), await makeTeam(house, 'שירות')];
  const [rina, omar, sara, gone] = [
    await house.hire('Rina', reader.id),
    await house.hire('Omar', member.id, [sales.id]),
    await house.hire('Sara', 'supervisor'),
    await house.hire('Gone', 'administrator'),
  ];
  const revoked = await makeToken(house, house.cookie);
  await house.call('DELETE', `/api/api-tokens/${revoked.id}`);
  await house.json('PATCH', `/api/agents/${gone.id}`, { isActive: false });
  const visitor = await writeIn(house, 'איפה המשלוח שלי?');
  const other = await writeIn(house, 'שלום');
  const dana = await house.agent();
  await get(dana.socket, 'message:post', { id: nanoid(), conversationId: visitor.conversationId, text: 'הוא בדרך' });
  await get(dana.socket, 'conversation:assign', { conversationId: visitor.conversationId, agentId: sara.id, teamId: service.id });
  const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${visitor.conversationId}`);
  const bearer = (token: string) => ({ cookie: '', authorization: `Bearer ${token}` });
  return {
    house,
    conversationId: visitor.conversationId,
    contactId: contact.id,
    supervisorId: sara.id,
    headers: {
      nobody: { cookie: '' },
      visitor: bearer(visitor.token),
      otherVisitor: bearer(other.token),
      reader: { cookie: rina.cookie },
      otherTeam: { cookie: omar.cookie },
      supervisor: { cookie: sara.cookie },
      administrator: { cookie: house.cookie },
      deactivated: { cookie: gone.cookie },
      revokedToken: bearer(revoked.token),
    },
    agents: {
      reader: (await house.agent(rina.cookie)).socket,
      otherTeam: (await house.agent(omar.cookie)).socket,
      supervisor: (await house.agent(sara.cookie)).socket,
      administrator: dana.socket,
    },
    visitors: { visitor: visitor.socket, otherVisitor: other.socket },
  };
}

/** A real id where the table is about seeing; elsewhere nobody's, so that the house stays as it is. */
function addressOf({ path }: RouteTarget, { conversationId, contactId, house }: Company): string {
  const id = path.startsWith('/conversations') ? conversationId : path.startsWith('/contacts') ? contactId : nanoid();
  const asked = path.endsWith('/finds')
    ? '?q=x'
    : path.startsWith('/now/')
      ? '?what=waiting'
      : path.startsWith('/questions')
        ? '?from=1&to=2'
        : '';
  return `/api${path.replace(':id', id).replace(':externalId', 'x').replace(':inboxKey', house.inbox.key).replace(':invitationId', 'x').replace(':identityId', nanoid()).replace(':what', 'shown')}${asked}`;
}

test('the table has a row for every route and every event, and none for what is not there', () => {
  expect(Object.keys(mayRoute).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  expect(Object.keys(mayAgentEvent).sort()).toEqual(Object.keys(agentEvents).sort());
  expect(Object.keys(mayVisitorEvent).sort()).toEqual(Object.keys(visitorEvents).sort());
});

test('every route answers exactly those who may ask, whether they are signed out, a visitor, of another team or long gone', async () => {
  const company = await openCompany();
  const surprises: string[] = [];
  // Erasing and signing out come last: they end what the others are asked with.
  const atLast = ['DELETE /contacts/:id', 'DELETE /session'];
  const inOrder = routes.toSorted((a, b) => atLast.indexOf(`${a.method} ${a.path}`) - atLast.indexOf(`${b.method} ${b.path}`));
  for (const target of inOrder) {
    const name = `${target.method} ${target.path}`;
    const isSeeing = target.path.startsWith('/conversations/:id');
    for (const who of people) {
      const response = await company.house.call(target.method, addressOf(target, company), target.body?.sample, company.headers[who]);
      const { code } = response.ok ? {} : ((await response.json()) as { code?: ErrorCode });
      // Whoever may come as a stranger is refused by what is said, not by who says it.
      const isForStrangers = mayRoute[name] === everybody;
      const isRefused = !isForStrangers && (refusals.includes(code) || (isSeeing && code === 'not-found'));
      const isAllowed = (mayRoute[name] as readonly Who[]).includes(who);
      if (isRefused === isAllowed || response.status >= 500) surprises.push(`${name} by ${who}: ${response.status} ${code ?? ''}`);
    }
  }
  expect(surprises).toEqual([]);
}, 180_000);

test('every request of an agent’s socket is answered to exactly those who may make it', async () => {
  const company = await openCompany();
  const surprises: string[] = [];
  const macro = await company.house.json<{ id: string }>('POST', '/api/macros', { name: 'x', steps: { addTags: ['x'] }, reach: 'shared' });
  for (const [event, target] of Object.entries(agentEvents)) {
    for (const [who, socket] of Object.entries(company.agents)) {
      if (event === 'typing:set') await ask(socket, 'conversation:open', { conversationId: company.conversationId });
      const isNew = event === 'message:post' || event === 'macro:run' || event === 'conversation:transfer';
      const payload = {
        ...target.sample(company.conversationId),
        ...(isNew && { id: nanoid() }),
        ...(event === 'macro:run' && { macroId: macro.id }),
        ...(event === 'conversation:transfer' && { agentId: company.supervisorId }),
      };
      const reply = await ask(socket, event, payload);
      const isAllowed = (mayAgentEvent[event as keyof typeof agentEvents] as readonly string[]).includes(who);
      if (reply.ok !== isAllowed) surprises.push(`${event} by ${who}: ${reply.ok ? 'ok' : reply.error.code}`);
    }
  }
  for (const who of ['nobody', 'visitor', 'otherVisitor', 'deactivated', 'revokedToken'] as const) {
    const { cookie, authorization } = company.headers[who] as { cookie?: string; authorization?: string };
    const auth = authorization ? { auth: { token: authorization.slice('Bearer '.length) } } : {};
    const refusal = await company.house.refusal('/agent', { extraHeaders: { cookie: cookie ?? '' }, ...auth });
    expect(refusal.code, who).toBe('unauthenticated');
  }
  expect(surprises).toEqual([]);
});

/** The bot has said something in the conversation. */
async function answerByItself({ house, conversationId }: Company): Promise<string> {
  const { app } = house.server;
  const author = { kind: 'bot', id: 'bot' } as const;
  const automatic = { kind: 'answer', answerId: nanoid() } as const;
  const post = { id: nanoid(), conversationId, author, visibility: 'public', text: 'עד חמישה ימים', automatic } as const;
  await app.storage.write((trx) => postWithin(trx, [post], app.now()));
  return post.id;
}

test('every request of a visitor’s socket is answered to its own visitor alone', async () => {
  const post = await openMailServer();
  const company = await openCompany({ environment: { SMTP_URL: post.url, MAIL_FROM: 'chat@shop.example' } });
  const surprises: string[] = [];
  const messageId = await answerByItself(company);
  // What has ended can be rated, and whoever is erased asks no more.
  const atLast = ['conversation:end', 'conversation:rate', 'data:erase'];
  const inOrder = Object.entries(visitorEvents).toSorted(([a], [b]) => atLast.indexOf(a) - atLast.indexOf(b));
  for (const [event, target] of inOrder) {
    for (const [who, socket] of Object.entries(company.visitors)) {
      const payload = {
        ...target.sample(company.conversationId),
        ...('id' in target.fields && { id: nanoid() }),
        ...(event === 'answer:rate' && { messageId }),
      };
      const reply = await ask(socket, event, payload);
      const isAllowed = (mayVisitorEvent[event as keyof typeof visitorEvents] as readonly string[]).includes(who);
      if (reply.ok !== isAllowed) surprises.push(`${event} by ${who}: ${reply.ok ? 'ok' : reply.error.code}`);
    }
  }
  expect(surprises).toEqual([]);
});

describe('of each permission that a route asks for', () => {
  const needed: [Permission, string, string, unknown?][] = [
    ['conversations:view-own', 'GET', '/conversations'],
    ['contacts:view', 'GET', '/contacts'],
    ['contacts:merge', 'GET', '/duplicates'],
    ['tasks:view', 'GET', '/tasks'],
    ['tasks:edit', 'GET', '/call-times'],
    ['tasks:edit', 'POST', '/tasks/changes', { changes: [{ id: 'V1StGXR8_Z5jdHi6B-myT', patch: {} }] }],
    ['tickets:view', 'GET', '/tickets'],
    ['tickets:edit', 'POST', '/tickets', { id: 'ticket-of-the-table-0', subject: 'x' }],
    ['crm:manage', 'POST', '/ticket-reasons', { id: 'reason-of-the-table-0', name: 'x' }],
    ['settings:manage', 'GET', '/inboxes'],
    ['agents:manage', 'GET', '/agent-invitations'],
    ['agents:manage', 'GET', '/agents?include=deactivated'],
    ['roles:manage', 'GET', '/roles'],
    ['teams:manage', 'POST', '/teams', { name: 'צוות' }],
    ['reports:view', 'GET', '/now/conversations?what=waiting'],
    ['reports:view', 'GET', '/sla-breaches'],
    ['reports:view', 'GET', '/questions?from=1&to=2'],
    ['reports:view', 'GET', '/bot/deflection'],
    ['reports:view', 'GET', '/bot/deflection/conversations'],
    ['tags:manage', 'POST', '/tags', { name: 'תגית' }],
    ['tokens:manage', 'GET', '/api-tokens'],
    ['visitors:block', 'GET', '/blocked-visitors'],
    ['purchases:view', 'GET', '/purchases'],
    ['purchases:view', 'GET', '/renewals'],
    ['opportunities:view', 'GET', '/opportunities'],
    ['crm:manage', 'PUT', '/lost-reasons', { items: [] }],
    ['crm:manage', 'PUT', '/customer-rules', { currency: 'ILS', lapseAfterDays: 365, isLeadUntilPurchase: true }],
  ];

  test('it alone opens the door, and all the others together do not', async () => {
    const house = await openHouse();
    for (const [permission, method, path, body] of needed) {
      const withIt = await makeRole(house, `with ${permission} ${path}`, [permission]);
      // Whoever holds what includes it holds it.
      const isOther = (other: Permission) => other.split(':')[0] !== permission.split(':')[0] && !withImplied([other]).includes(permission);
      const others = permissions.filter(isOther);
      const without = await makeRole(
        house,
        `without ${permission} ${path}`,
        path === '/roles' ? others.filter((other) => other !== 'agents:manage' && other !== 'crm:manage') : others,
      );
      const [holder, stranger] = [await house.hire(`Holder${nanoid(6)}`, withIt.id), await house.hire(`Stranger${nanoid(6)}`, without.id)];
      expect((await house.call(method, `/api${path}`, body, { cookie: holder.cookie })).status, `${permission} ${path}`).toBeLessThan(300);
      expect((await house.call(method, `/api${path}`, body, { cookie: stranger.cookie })).status, `not ${permission} ${path}`).toBe(403);
    }
  }, 60_000);
});
