/**
 * Everything that the edge lets in: each event and each route with a payload that passes, and the kind of every field.
 * `surface.test.ts` compares this list with what the server binds, so that nothing new stays unattacked.
 */
import type { AgentRequests, VisitorRequests } from '../../shared/events.ts';
import { firstRoutingRules } from '../../shared/routing.ts';
import { adviceRoutes } from './advice-surface.ts';
import { answerRoutes } from './answer-surface.ts';
import { customerRoutes } from './customer-surface.ts';
import { fileRoutes } from './file-surface.ts';
import { mergingRoutes } from './merging-surface.ts';
import { salesRoutes } from './sales-surface.ts';
import { ticketRoutes } from './ticket-surface.ts';
import { timelineRoutes } from './timeline-surface.ts';
import { type FieldKind, wrongValues } from './wrong-values.ts';

export interface Field {
  kind: FieldKind;
  isRequired: boolean;
  /** Null clears what was there. */
  isNullable?: boolean;
}

/** What a payload has in it; the key names the field. */
export type Fields = Record<string, Field>;

export interface EventTarget {
  fields: Fields;
  /** A payload that passes validation, made for a conversation of one's own. */
  sample: (conversationId: string) => Record<string, unknown>;
}

export interface RouteTarget {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the server binds it, under `/api`. */
  path: string;
  access: 'public' | 'agent' | 'administrator';
  /** A page may lead to it: the cookie is enough, without a header of ours. */
  isLink?: true;
  body?: { fields: Fields; sample: Record<string, unknown> };
  /** Query strings that must be refused. */
  wrongQueries?: readonly string[];
}

const must = (kind: FieldKind): Field => ({ kind, isRequired: true });
const may = (kind: FieldKind): Field => ({ kind, isRequired: false });
const clears = (kind: FieldKind): Field => ({ kind, isRequired: false, isNullable: true });

const id = 'V1StGXR8_Z5jdHi6B-myT';
const hoursSample = {
  name: 'x',
  timeZone: 'UTC',
  week: [[], [], [], [], [], [], []],
  exceptions: [],
  holidays: [],
  jewish: null,
  calendars: [],
};
const hoursFields = (has: (kind: FieldKind) => Field): Fields => ({
  name: has('line'),
  timeZone: has('zone'),
  week: has('week'),
  exceptions: has('exceptions'),
  holidays: has('holidays'),
  jewish: { ...has('jewish'), isNullable: true },
  calendars: has('calendars'),
});
const todoFields: Fields = {
  title: may('subject'),
  teamId: clears('id'),
  priority: may('choice'),
  reminderMinutes: clears('whole'),
  recurrence: clears('recurrence'),
  ticketId: clears('id'),
  opportunityId: clears('id'),
};
const conversation: EventTarget = { fields: { conversationId: must('id') }, sample: (conversationId) => ({ conversationId }) };
const read: EventTarget = {
  fields: { conversationId: must('id'), seq: must('seq') },
  sample: (conversationId) => ({ conversationId, seq: 1 }),
};
const list: EventTarget = {
  fields: { conversationId: must('id'), after: may('seq'), afterId: may('id'), before: may('seq'), limit: may('limit') },
  sample: (conversationId) => ({ conversationId }),
};

const slaFields: Fields = {
  name: must('line'),
  isOn: must('flag'),
  when: must('slaWhen'),
  firstResponseMs: { kind: 'promise', isRequired: true, isNullable: true },
  nextResponseMs: { kind: 'promise', isRequired: true, isNullable: true },
  resolutionMs: { kind: 'promise', isRequired: true, isNullable: true },
  isBusinessTime: must('flag'),
  warnAfter: must('warnShare'),
};
const slaRules = {
  name: 'x',
  isOn: true,
  when: {},
  firstResponseMs: 120_000,
  nextResponseMs: 300_000,
  resolutionMs: null,
  isBusinessTime: true,
  warnAfter: 0.8,
};

export const visitorEvents: Record<keyof VisitorRequests, EventTarget> = {
  'message:post': {
    fields: {
      id: must('id'),
      conversationId: may('id'),
      text: must('text'),
      attachmentIds: may('ids'),
      replyTo: may('id'),
      questionId: may('line'),
      invitationId: may('name'),
    },
    sample: (conversationId) => ({ id, conversationId, text: 'hello' }),
  },
  'message:list': list,
  'conversation:list': { fields: {}, sample: () => ({}) },
  'visitor:identify': {
    fields: {
      name: may('line'),
      email: may('email'),
      phone: may('phone'),
      company: may('line'),
      consent: may('flag'),
      consentText: may('prose'),
      fields: may('fields'),
      identity: may('secret'),
    },
    sample: () => ({}),
  },
  'typing:set': {
    fields: { conversationId: must('id'), text: must('preview') },
    sample: (conversationId) => ({ conversationId, text: 'hel' }),
  },
  'conversation:read': read,
  'conversation:end': conversation,
  'event:track': {
    fields: { id: must('id'), name: must('eventName'), properties: may('properties'), agoMs: may('agoMs') },
    sample: () => ({ id, name: 'Added to cart' }),
  },
  'conversation:rate': {
    fields: { conversationId: must('id'), score: must('score'), comment: may('comment') },
    sample: (conversationId) => ({ conversationId, score: 5 }),
  },
  'answer:rate': { fields: { messageId: must('id'), helpful: must('flag') }, sample: () => ({ messageId: id, helpful: true }) },
  'callback:request': {
    fields: {
      id: must('id'),
      phone: must('phone'),
      at: may('moment'),
      note: may('comment'),
      country: may('country'),
      timeZone: may('zone'),
      keepsPlace: may('flag'),
    },
    sample: () => ({ id, phone: '050-123-4567' }),
  },
  'callback:times': { fields: {}, sample: () => ({}) },
  'ticket:list': { fields: {}, sample: () => ({}) },
  'transcript:send': {
    fields: { conversationId: must('id'), email: must('email'), timeZone: may('zone') },
    sample: (conversationId) => ({ conversationId, email: 'ruth@shop.example' }),
  },
  'data:export': { fields: {}, sample: () => ({}) },
  'data:erase': { fields: { confirm: must('choice') }, sample: () => ({ confirm: 'erase' }) },
  'page:view': {
    fields: { url: must('address'), title: may('prose'), referrer: may('address') },
    sample: () => ({ url: 'https://shop.example/' }),
  },
};

export const agentEvents: Record<keyof AgentRequests, EventTarget> = {
  'availability:set': { fields: { availability: must('choice') }, sample: () => ({ availability: 'online' }) },
  'conversation:open': {
    fields: { conversationId: must('id'), after: may('seq'), afterId: may('id') },
    sample: (conversationId) => ({ conversationId }),
  },
  'conversation:leave': conversation,
  'message:list': list,
  'message:post': {
    fields: {
      id: must('id'),
      conversationId: must('id'),
      text: must('text'),
      attachmentIds: may('ids'),
      visibility: may('choice'),
      expectedSeq: may('seq'),
      choices: may('choices'),
      mentions: may('mentions'),
      isWhisper: may('flag'),
    },
    sample: (conversationId) => ({ id, conversationId, text: 'hello' }),
  },
  'conversation:assign': {
    fields: { conversationId: must('id'), agentId: clears('id'), teamId: clears('id') },
    sample: (conversationId) => ({ conversationId }),
  },
  'conversation:pick': { fields: { conversationId: may('id') }, sample: () => ({}) },
  'conversation:transfer': {
    fields: {
      id: must('id'),
      conversationId: must('id'),
      agentId: may('id'),
      teamId: may('id'),
      note: may('preview'),
      seen: may('seenPlace'),
    },
    sample: (conversationId) => ({ id, conversationId, agentId: id }),
  },
  'conversation:audience': conversation,
  'conversation:resolve': conversation,
  'conversation:reopen': conversation,
  'conversation:snooze': {
    fields: { conversationId: must('id'), until: must('moment') },
    sample: (conversationId) => ({ conversationId, until: 4_000_000_000_000 }),
  },
  'conversation:prioritize': {
    fields: { conversationId: must('id'), priority: must('choice') },
    sample: (conversationId) => ({ conversationId, priority: 'high' }),
  },
  'conversation:tag': {
    fields: { conversationId: must('id'), tags: must('tags') },
    sample: (conversationId) => ({ conversationId, tags: ['vip'] }),
  },
  'macro:run': {
    fields: {
      id: must('id'),
      macroId: must('id'),
      conversationId: must('id'),
      version: may('whole'),
      text: may('preview'),
      attachmentIds: may('ids'),
      note: may('preview'),
      expectedSeq: may('seq'),
      until: may('moment'),
    },
    sample: (conversationId) => ({ id, macroId: id, conversationId }),
  },
  'conversation:bulk': {
    fields: { id: must('id'), conversationIds: must('bulkIds'), change: must('bulkChange') },
    sample: (conversationId) => ({ id, conversationIds: [conversationId], change: { kind: 'read' } }),
  },
  'conversation:bulk-undo': { fields: { id: must('id') }, sample: () => ({ id }) },
  'conversation:read': read,
  'typing:set': {
    fields: { conversationId: must('id'), typing: must('flag'), visibility: may('choice') },
    sample: (conversationId) => ({ conversationId, typing: true }),
  },
  'draft:set': {
    fields: { conversationId: must('id'), text: must('prose'), visibility: must('choice'), seenSeq: may('seq'), version: must('moment') },
    sample: (conversationId) => ({ conversationId, text: 'hel', visibility: 'public', version: 1_700_000_000_000 }),
  },
  'draft:list': { fields: { cursor: may('secret') }, sample: () => ({}) },
  'notice:seen': {
    fields: { id: may('id'), conversationId: may('id'), until: may('moment') },
    sample: (conversationId) => ({ conversationId }),
  },
  'visitor:watch': { fields: { q: may('comment') }, sample: () => ({ q: 'mugs' }) },
  'visitor:unwatch': { fields: {}, sample: () => ({}) },
  'visitor:greet': {
    fields: { id: must('id'), visitorId: must('id'), text: must('text') },
    sample: () => ({ id, visitorId: id, text: 'hello' }),
  },
  'now:watch': { fields: { since: must('moment') }, sample: () => ({ since: 1_700_000_000_000 }) },
  'now:unwatch': { fields: {}, sample: () => ({}) },
};

const pages = [
  'limit=0',
  'limit=-1',
  'limit=1.5',
  'limit=x',
  'limit=',
  'limit=1&limit=2',
  'limit=9999999999',
  'cursor=x',
  'cursor=1.x',
  'cursor=%00',
];
const wrongLists = [...pages, `cursor=${'9'.repeat(300)}`];

const wrongViewPages = [
  '',
  'filter={}&limit=0',
  'filter={}&limit=201',
  'filter={}&cursor=x',
  'filter={}&cursor=0.1.x',
  'filter=',
  'filter=x',
  'filter=[]',
  'filter=null',
  'filter={"x":1}',
  'filter={"tags":"vip"}',
  'filter={"assignees":["x"]}',
  'filter={}&filter={}',
  `filter="${'x'.repeat(6_001)}"`,
  'filter={}&sort=x',
];

const aMonth = 'from=1700000000000&to=1702592000000';
const wrongPeriods = [
  '',
  'from=1700000000000',
  'from=x&to=1702592000000',
  'from=1702592000000&to=1700000000000',
  'from=0&to=8640000000000001',
  'from=0&to=99999999999',
  ...wrongLists.map((list) => `${aMonth}&${list}`),
  `${aMonth}&limit=101`,
  `${aMonth}&inboxId=x`,
  `${aMonth}&language=xx`,
];

export const routes: readonly RouteTarget[] = [
  {
    method: 'POST',
    path: '/setup',
    access: 'public',
    body: {
      fields: { code: must('secret'), business: must('line'), name: must('line'), email: must('email'), password: must('password') },
      sample: { code: 'x', business: 'x', name: 'x', email: 'x@shop.example', password: 'x'.repeat(10) },
    },
  },
  {
    method: 'POST',
    path: '/session',
    access: 'public',
    body: {
      fields: { email: must('email'), password: must('secret'), code: may('secret') },
      sample: { email: 'x@shop.example', password: 'x' },
    },
  },
  { method: 'GET', path: '/openapi.json', access: 'public' },
  { method: 'GET', path: '/docs', access: 'public' },
  { method: 'GET', path: '/session', access: 'agent' },
  { method: 'DELETE', path: '/session', access: 'agent' },
  { method: 'GET', path: '/sessions', access: 'agent' },
  { method: 'DELETE', path: '/sessions/:id', access: 'agent' },
  { method: 'POST', path: '/profile/photo', access: 'agent' },
  { method: 'DELETE', path: '/profile/photo', access: 'agent' },
  { method: 'GET', path: '/notices', access: 'agent', wrongQueries: [...wrongLists, 'limit=101'] },
  { method: 'GET', path: '/mentions', access: 'agent', wrongQueries: [...wrongLists, 'limit=101'] },
  { method: 'GET', path: '/mentions/unseen', access: 'agent' },
  { method: 'GET', path: '/blocked-visitors', access: 'agent', wrongQueries: [...wrongLists, 'limit=201'] },
  {
    method: 'POST',
    path: '/contacts/:id/block',
    access: 'agent',
    body: { fields: { lasts: must('choice') }, sample: { lasts: 'day' } },
  },
  { method: 'DELETE', path: '/contacts/:id/block', access: 'agent' },
  { method: 'GET', path: '/agents', access: 'agent', wrongQueries: ['include=x', 'include=', 'include=deactivated&include=deactivated'] },
  {
    method: 'POST',
    path: '/agents',
    access: 'administrator',
    body: {
      fields: { name: must('line'), email: must('email'), password: must('password'), role: must('role'), teamIds: may('idList') },
      sample: { name: 'x', email: 'x@shop.example', password: 'x'.repeat(10), role: 'agent' },
    },
  },
  {
    method: 'PATCH',
    path: '/agents/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), role: may('role'), teamIds: may('idList'), isActive: may('flag') }, sample: {} },
  },
  { method: 'DELETE', path: '/agents/:id/two-factor', access: 'administrator' },
  {
    method: 'PATCH',
    path: '/agents/:id/availability',
    access: 'administrator',
    body: { fields: { availability: must('choice') }, sample: { availability: 'away' } },
  },
  {
    method: 'GET',
    path: '/now/conversations',
    access: 'administrator',
    wrongQueries: [
      '',
      'what=',
      'what=x',
      'what=waiting&what=open',
      ...wrongLists.map((list) => `what=waiting&${list}`),
      'what=waiting&limit=101',
      'what=waiting&since=x',
      'what=waiting&since=-1',
      'what=waiting&inboxId=x',
      'what=waiting&teamId=nobody',
      'what=waiting&agentId=',
    ],
  },
  { method: 'POST', path: '/agents/:id/password-reset', access: 'administrator' },
  { method: 'GET', path: '/agent-invitations', access: 'administrator' },
  {
    method: 'POST',
    path: '/agent-invitations',
    access: 'administrator',
    body: {
      fields: { email: must('email'), role: must('role'), teamIds: may('idList') },
      sample: { email: 'x@shop.example', role: 'agent' },
    },
  },
  { method: 'POST', path: '/agent-invitations/:id/renew', access: 'administrator' },
  { method: 'DELETE', path: '/agent-invitations/:id', access: 'administrator' },
  {
    method: 'POST',
    path: '/agent-invitations/look',
    access: 'public',
    body: { fields: { token: must('secret') }, sample: { token: 'x' } },
  },
  {
    method: 'POST',
    path: '/agent-invitations/accept',
    access: 'public',
    body: {
      fields: { token: must('secret'), name: must('line'), password: must('password') },
      sample: { token: 'x', name: 'x', password: 'x'.repeat(10) },
    },
  },
  {
    method: 'POST',
    path: '/password-resets',
    access: 'public',
    body: { fields: { email: must('email') }, sample: { email: 'x@shop.example' } },
  },
  { method: 'POST', path: '/password-resets/look', access: 'public', body: { fields: { token: must('secret') }, sample: { token: 'x' } } },
  {
    method: 'POST',
    path: '/password-resets/use',
    access: 'public',
    body: { fields: { token: must('secret'), password: must('password') }, sample: { token: 'x', password: 'x'.repeat(10) } },
  },
  {
    method: 'PATCH',
    path: '/profile',
    access: 'agent',
    body: {
      fields: {
        name: may('line'),
        languages: may('languages'),
        signature: may('signature'),
        notifications: may('notifications'),
        isAdviceHidden: may('flag'),
      },
      sample: {},
    },
  },
  {
    method: 'POST',
    path: '/password',
    access: 'agent',
    body: {
      fields: { current: must('secret'), password: must('password') },
      sample: { current: 'a wrong password', password: 'x'.repeat(10) },
    },
  },
  { method: 'POST', path: '/two-factor', access: 'agent' },
  { method: 'POST', path: '/two-factor/confirm', access: 'agent', body: { fields: { code: must('code') }, sample: { code: '000000' } } },
  {
    method: 'POST',
    path: '/two-factor/recovery-codes',
    access: 'agent',
    body: { fields: { password: must('secret') }, sample: { password: 'a wrong password' } },
  },
  {
    method: 'POST',
    path: '/two-factor/end',
    access: 'agent',
    body: { fields: { password: must('secret') }, sample: { password: 'a wrong password' } },
  },
  { method: 'GET', path: '/business', access: 'agent' },
  { method: 'PATCH', path: '/business', access: 'administrator', body: { fields: { name: may('line') }, sample: {} } },
  { method: 'GET', path: '/roles', access: 'administrator' },
  {
    method: 'POST',
    path: '/roles',
    access: 'administrator',
    body: {
      fields: { name: must('line'), permissions: must('permissions'), requiresTwoFactor: may('flag') },
      sample: { name: 'x', permissions: [] },
    },
  },
  {
    method: 'PATCH',
    path: '/roles/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), permissions: may('permissions'), requiresTwoFactor: may('flag') }, sample: {} },
  },
  { method: 'DELETE', path: '/roles/:id', access: 'administrator' },
  { method: 'GET', path: '/teams', access: 'agent' },
  {
    method: 'POST',
    path: '/teams',
    access: 'administrator',
    body: { fields: { name: must('line'), memberIds: may('idList') }, sample: { name: 'x' } },
  },
  {
    method: 'PATCH',
    path: '/teams/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), memberIds: may('idList') }, sample: {} },
  },
  { method: 'DELETE', path: '/teams/:id', access: 'administrator' },
  { method: 'GET', path: '/api-tokens', access: 'administrator' },
  {
    method: 'POST',
    path: '/api-tokens',
    access: 'administrator',
    body: { fields: { name: must('line'), scopes: clears('permissions'), expiresAt: clears('moment') }, sample: { name: 'x' } },
  },
  { method: 'DELETE', path: '/api-tokens/:id', access: 'administrator' },
  { method: 'GET', path: '/widget/:inboxKey', access: 'public' },
  { method: 'GET', path: '/widget/:inboxKey/availability', access: 'public' },
  { method: 'POST', path: '/widget/:inboxKey/invitations/:invitationId/:what', access: 'public' },
  { method: 'GET', path: '/inboxes/:id/invitations', access: 'administrator' },
  // What their forms may hold is attacked in attachments.test.ts.
  { method: 'POST', path: '/widget/:inboxKey/attachments', access: 'public' },
  { method: 'POST', path: '/attachments', access: 'agent' },
  ...adviceRoutes,
  ...timelineRoutes,
  ...answerRoutes,
  ...salesRoutes,
  ...ticketRoutes,
  { method: 'GET', path: '/canned-responses', access: 'agent', wrongQueries: [...wrongLists, 'limit=201', `unless=${'x'.repeat(101)}`] },
  {
    method: 'POST',
    path: '/canned-responses',
    access: 'agent',
    body: {
      fields: {
        shortcut: must('shortcut'),
        title: must('line'),
        texts: must('saying'),
        reach: must('choice'),
        teamId: clears('id'),
        fileIds: may('ids'),
      },
      sample: { shortcut: 'hello', title: 'x', texts: { en: 'x' }, reach: 'personal' },
    },
  },
  {
    method: 'PATCH',
    path: '/canned-responses/:id',
    access: 'agent',
    body: {
      fields: {
        shortcut: may('shortcut'),
        title: may('line'),
        texts: may('saying'),
        reach: may('choice'),
        teamId: clears('id'),
        fileIds: may('ids'),
        expectedAt: may('whole'),
      },
      sample: {},
    },
  },
  { method: 'DELETE', path: '/canned-responses/:id', access: 'agent' },
  {
    method: 'POST',
    path: '/canned-responses/:id/copies',
    access: 'agent',
    body: { fields: { fileId: must('id') }, sample: { fileId: id } },
  },
  { method: 'GET', path: '/macros', access: 'agent', wrongQueries: [...wrongLists, 'limit=201', `unless=${'x'.repeat(101)}`] },
  {
    method: 'POST',
    path: '/macros',
    access: 'agent',
    body: {
      fields: { name: must('line'), steps: must('steps'), reach: must('choice'), teamId: clears('id') },
      sample: { name: 'x', steps: { addTags: ['x'] }, reach: 'personal' },
    },
  },
  {
    method: 'PATCH',
    path: '/macros/:id',
    access: 'agent',
    body: {
      fields: { name: may('line'), steps: may('steps'), reach: may('choice'), teamId: clears('id'), expectedAt: may('whole') },
      sample: {},
    },
  },
  { method: 'DELETE', path: '/macros/:id', access: 'agent' },
  { method: 'GET', path: '/tags', access: 'agent', wrongQueries: [...wrongLists, 'limit=501', 'cursor=n.', 'cursor=n.AA'] },
  {
    method: 'POST',
    path: '/tags',
    access: 'administrator',
    body: { fields: { name: must('line'), colour: may('choice') }, sample: { name: 'x' } },
  },
  {
    method: 'PATCH',
    path: '/tags/:id',
    access: 'administrator',
    body: { fields: { name: may('line'), colour: may('choice'), isMerging: may('flag') }, sample: {} },
  },
  { method: 'DELETE', path: '/tags/:id', access: 'administrator' },
  {
    method: 'GET',
    path: '/questions',
    access: 'administrator',
    wrongQueries: [...wrongPeriods, `${aMonth}&sort=wait`, `${aMonth}&show=x`, `${aMonth}&cursor=2.1.x`],
  },
  { method: 'GET', path: '/questions/:id/examples', access: 'administrator', wrongQueries: wrongPeriods },
  {
    method: 'POST',
    path: '/questions/:id/rename',
    access: 'administrator',
    body: { fields: { name: clears('line'), version: must('whole') }, sample: { name: 'x', version: 1 } },
  },
  {
    method: 'POST',
    path: '/questions/:id/merge',
    access: 'administrator',
    body: { fields: { ids: must('idList'), version: must('whole') }, sample: { ids: [id], version: 1 } },
  },
  {
    method: 'POST',
    path: '/questions/:id/split',
    access: 'administrator',
    body: {
      fields: { id: must('id'), questionIds: must('idList'), name: may('line'), version: must('whole') },
      sample: { id, questionIds: [id], version: 1 },
    },
  },
  {
    method: 'POST',
    path: '/questions/:id/ignore',
    access: 'administrator',
    body: { fields: { version: must('whole') }, sample: { version: 1 } },
  },
  {
    method: 'POST',
    path: '/questions/:id/restore',
    access: 'administrator',
    body: { fields: { version: must('whole') }, sample: { version: 1 } },
  },
  {
    method: 'POST',
    path: '/questions/:id/answer',
    access: 'administrator',
    body: { fields: { answerId: clears('id'), version: may('whole') }, sample: { answerId: null, version: 1 } },
  },
  {
    method: 'POST',
    path: '/questions/:id/answer-draft',
    access: 'administrator',
    body: { fields: { language: may('choice') }, sample: {} },
  },
  { method: 'GET', path: '/business-hours', access: 'agent' },
  {
    method: 'POST',
    path: '/business-hours',
    access: 'administrator',
    body: { fields: { ...hoursFields(must), inboxIds: may('idList'), teamIds: may('idList') }, sample: hoursSample },
  },
  {
    method: 'PATCH',
    path: '/business-hours/:id',
    access: 'administrator',
    body: {
      fields: { ...hoursFields(may), version: must('whole'), inboxIds: may('idList'), teamIds: may('idList') },
      sample: { version: 1 },
    },
  },
  { method: 'DELETE', path: '/business-hours/:id', access: 'administrator' },
  {
    method: 'POST',
    path: '/business-hours/preview',
    access: 'administrator',
    body: { fields: { hours: must('hours'), from: may('date'), days: may('previewDays') }, sample: { hours: hoursSample } },
  },
  {
    method: 'POST',
    path: '/business-hours/calendar',
    access: 'administrator',
    body: {
      fields: { text: must('calendarText'), timeZone: must('zone') },
      sample: { text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', timeZone: 'UTC' },
    },
  },
  { method: 'GET', path: '/business-hours/cities', access: 'administrator' },
  { method: 'GET', path: '/business-hours/countries', access: 'administrator' },
  {
    method: 'GET',
    path: '/business-hours/holidays',
    access: 'administrator',
    wrongQueries: ['', 'country=IL', 'country=il&year=2026', 'country=XX&year=2026', 'country=IL&year=1', 'country=IL&region=x&year=2026'],
  },
  { method: 'GET', path: '/inboxes', access: 'administrator' },
  {
    method: 'PATCH',
    path: '/inboxes/:id',
    access: 'administrator',
    body: {
      fields: {
        name: may('line'),
        allowedOrigins: may('origins'),
        settings: may('look'),
        identityPublicKey: may('publicKey'),
        expected: may('expectedLook'),
      },
      sample: {},
    },
  },
  { method: 'POST', path: '/inboxes', access: 'administrator', body: { fields: { name: must('line') }, sample: { name: 'x' } } },
  { method: 'DELETE', path: '/inboxes/:id', access: 'administrator' },
  ...customerRoutes,
  ...fileRoutes,
  ...mergingRoutes,
  {
    method: 'GET',
    path: '/tasks',
    access: 'agent',
    wrongQueries: [
      ...wrongLists,
      'status=x',
      'status=',
      'status=open&status=done',
      'contactId=x',
      'contactId=',
      'owner=x',
      'due=x',
      'kind=x',
      'priority=x',
      'teamId=x',
      'ticketId=x',
      'conversationId=',
      'opportunityId=x',
      `q=${'x'.repeat(201)}`,
      'limit=201',
    ],
  },
  {
    method: 'POST',
    path: '/tasks',
    access: 'agent',
    body: {
      fields: {
        id: must('id'),
        conversationId: may('id'),
        contactId: may('id'),
        phone: may('line'),
        dueAt: must('moment'),
        note: may('prose'),
        ownerId: clears('id'),
        kind: may('choice'),
        ...todoFields,
        messageSeq: may('whole'),
      },
      sample: { id, contactId: id, dueAt: 1_900_000_000_000 },
    },
  },
  {
    method: 'PATCH',
    path: '/tasks/:id',
    access: 'agent',
    body: {
      fields: {
        status: may('choice'),
        outcome: may('choice'),
        ownerId: clears('id'),
        dueAt: clears('moment'),
        ringAt: may('moment'),
        kind: may('choice'),
        note: clears('prose'),
        contactId: clears('id'),
        outcomeText: may('prose'),
        version: may('whole'),
        ...todoFields,
      },
      sample: {},
    },
  },
  { method: 'GET', path: '/tasks/:id', access: 'agent' },
  { method: 'DELETE', path: '/tasks/:id', access: 'agent' },
  {
    method: 'POST',
    path: '/tasks/changes',
    access: 'agent',
    body: { fields: { changes: must('taskChanges') }, sample: { changes: [{ id, patch: { status: 'done' } }] } },
  },
  { method: 'GET', path: '/call-times', access: 'agent', wrongQueries: ['taskId=x', 'conversationId=', 'contactId=x', 'contactId=%00'] },
  {
    method: 'POST',
    path: '/tasks/:id/attempts',
    access: 'agent',
    body: { fields: { id: must('id'), outcome: may('choice'), note: may('prose'), nextAt: may('moment') }, sample: { id } },
  },
  {
    method: 'GET',
    path: '/conversations',
    access: 'agent',
    wrongQueries: [
      ...wrongLists,
      'status=x',
      'status=',
      'status=open&status=open',
      'status=__proto__',
      'contactId=x',
      'contactId=',
      'limit=201',
    ],
  },
  { method: 'GET', path: '/sla-policies', access: 'administrator' },
  {
    method: 'POST',
    path: '/sla-policies',
    access: 'administrator',
    body: { fields: { id: must('id'), ...slaFields }, sample: { id, ...slaRules } },
  },
  {
    method: 'POST',
    path: '/sla-policies/order',
    access: 'administrator',
    body: { fields: { ids: must('viewIds') }, sample: { ids: [] } },
  },
  {
    method: 'POST',
    path: '/sla-policies/preview',
    access: 'administrator',
    body: {
      fields: { rules: must('slaWhen'), inboxId: must('id'), teamId: clears('id'), at: may('moment') },
      sample: { rules: slaRules, inboxId: id },
    },
  },
  {
    method: 'PATCH',
    path: '/sla-policies/:id',
    access: 'administrator',
    body: {
      fields: { version: must('policyVersion'), name: may('line'), isOn: may('flag'), when: may('slaWhen'), warnAfter: may('warnShare') },
      sample: { version: 1 },
    },
  },
  { method: 'DELETE', path: '/sla-policies/:id', access: 'administrator' },
  {
    method: 'GET',
    path: '/sla-breaches',
    access: 'administrator',
    wrongQueries: [...wrongLists, 'limit=201', 'since=x', 'until=-1', 'of=x'],
  },
  { method: 'GET', path: '/bot/deflection', access: 'administrator', wrongQueries: ['from=x', 'to=-1', 'from=1.5', 'inboxId=x'] },
  {
    method: 'GET',
    path: '/bot/deflection/conversations',
    access: 'administrator',
    wrongQueries: [...wrongLists, 'limit=101', 'from=x', 'to=-1', 'inboxId=x', 'kind=x', 'reason=x', 'answerId=x'],
  },
  { method: 'GET', path: '/conversations/:id', access: 'agent' },
  {
    method: 'GET',
    path: '/conversations/:id/messages',
    access: 'agent',
    wrongQueries: [...pages, 'after=-1', 'after=x', 'after=1.5', 'after=99999999999999999999', 'after=1&after=2', 'limit=101', 'cursor=-1'],
  },
  { method: 'GET', path: '/routing', access: 'administrator' },
  {
    method: 'PUT',
    path: '/routing',
    access: 'administrator',
    body: {
      fields: {
        version: must('whole'),
        inboxes: must('handings'),
        rules: must('routingRules'),
        teams: must('teamRoutings'),
        otherwise: must('teamRouting'),
        capacity: must('limit'),
        waitingCounts: must('share'),
        graceSeconds: must('grace'),
      },
      sample: { ...firstRoutingRules, version: 0 },
    },
  },
  {
    method: 'POST',
    path: '/routing/simulate',
    access: 'administrator',
    body: {
      fields: {
        inboxId: must('id'),
        page: may('preview'),
        language: may('comment'),
        fields: may('known'),
        contactId: may('id'),
        at: may('fraction'),
        rules: may('routingRules'),
      },
      sample: { inboxId: id },
    },
  },
  { method: 'GET', path: '/routing/agents', access: 'agent' },
  {
    method: 'PUT',
    path: '/routing/agents/:id',
    access: 'administrator',
    body: { fields: { capacity: { ...may('room'), isNullable: true }, skills: may('skills') }, sample: { capacity: null, skills: [] } },
  },
  { method: 'GET', path: '/views', access: 'agent' },
  { method: 'GET', path: '/views/counts', access: 'agent' },
  { method: 'GET', path: '/views/inboxes', access: 'agent' },
  { method: 'GET', path: '/views/page', access: 'agent', wrongQueries: wrongViewPages },
  { method: 'GET', path: '/views/ids', access: 'agent', wrongQueries: ['', 'filter=x', 'filter={}&cursor=x', 'filter={}&limit=2001'] },
  {
    method: 'POST',
    path: '/views/fitting',
    access: 'agent',
    body: { fields: { filter: must('filter'), ids: must('bulkIds') }, sample: { filter: {}, ids: [id] } },
  },
  { method: 'POST', path: '/views/order', access: 'agent', body: { fields: { ids: must('viewIds') }, sample: { ids: [] } } },
  {
    method: 'POST',
    path: '/views',
    access: 'agent',
    body: {
      fields: { id: must('id'), name: must('line'), filter: must('filter'), sort: may('choice'), isShared: may('flag') },
      sample: { id, name: 'x', filter: {} },
    },
  },
  {
    method: 'PATCH',
    path: '/views/:id',
    access: 'agent',
    body: { fields: { name: may('line'), filter: may('filter'), sort: may('choice'), isShared: may('flag') }, sample: {} },
  },
  { method: 'DELETE', path: '/views/:id', access: 'agent' },
  {
    method: 'GET',
    path: '/search',
    access: 'agent',
    wrongQueries: [
      ...wrongLists.map((query) => `kind=message&q=a&${query}`),
      `q=${'x'.repeat(401)}`,
      'q=a&q=b',
      'q=%00',
      'kind=x',
      'kind=__proto__',
      'status=x',
      'assigneeId=x',
      'inboxId=x',
      'tag=',
      `tag=${'x'.repeat(51)}`,
      'tag=%00',
      'from=x',
      'from=-1',
      'to=1.5',
      'to=99999999999999999999',
      `q=a&cursor=1.${id}`,
      'limit=101',
    ],
  },
  {
    method: 'GET',
    path: '/conversations/:id/finds',
    access: 'agent',
    wrongQueries: ['', `q=${'x'.repeat(401)}`, 'q=a&q=b', 'q=%00'],
  },
];

/** Each payload is the sample with one field spoiled: absent though required, or of a wrong kind. */
export function spoil(sample: Record<string, unknown>, fields: Fields): { field: string; payload: Record<string, unknown> }[] {
  return Object.entries(fields).flatMap(([field, { kind, isRequired, isNullable }]) => {
    const { [field]: _, ...without } = sample;
    const wrong = wrongValues[kind].filter((value) => !(isNullable && value === null));
    const spoilt = wrong.map((value) => ({ field, payload: { ...sample, [field]: value } as Record<string, unknown> }));
    return isRequired ? [...spoilt, { field, payload: without }] : spoilt;
  });
}
