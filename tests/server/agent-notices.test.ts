import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AgentNotice, AgentNoticePage } from '../../shared/agent-notice.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import type { MentionEntry } from '../../shared/mention.ts';
import type { Message } from '../../shared/message.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, cookieOf, get, type House, hear, nextFact, PASSWORD } from '../helpers/house.ts';

interface Posted {
  message: Message;
}

/** Set by the scene that is played: the same on each database. */
let openHouse: () => Promise<House>;

async function openFloor() {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const omar = await house.hire('Omar');
  const shop = await writeIn(house, 'איפה המשלוח שלי?');
  const dana = await house.agent();
  return { house, noa, omar, shop, dana: dana.socket, conversationId: shop.conversationId };
}

function note(conversationId: string, text: string, named: { agentId?: string; teamId?: string }, name: string) {
  const at = text.indexOf(`@${name}`);
  return { id: nanoid(), conversationId, text, visibility: 'internal', mentions: [{ ...named, at, length: name.length + 1 }] };
}

const noticesOf = (house: House, cookie: string) => house.json<AgentNoticePage>('GET', '/api/notices', undefined, { cookie });
const mentionsOf = (house: House, cookie: string) =>
  house.json<{ items: MentionEntry[]; next: string | null }>('GET', '/api/mentions', undefined, { cookie });
const historyOf = async (socket: Socket, conversationId: string) =>
  (await get<OpenedConversation>(socket, 'conversation:open', { conversationId })).messages;

describe.each(databases)('on $name', ({ open }) => {
  beforeEach(() => {
    openHouse = open;
  });

  describe('an agent who is mentioned in a note', () => {
    it('is told at once, finds it later, and the visitor hears nothing of it', async () => {
      const { house, noa, dana, shop, conversationId } = await openFloor();
      const heardByVisitor = hear(shop.socket, 'message:posted');
      const desk = await house.agent(noa.cookie);
      const told = nextFact<AgentNotice>(desk.socket, 'notice:posted');
      const draft = note(conversationId, 'רק רגע, @Noa יודעת', { agentId: noa.id }, 'Noa');
      const { message } = await get<Posted>(dana, 'message:post', draft);
      expect(message.mentions).toEqual([{ agentId: noa.id, at: 8, length: 4 }]);
      expect(await told).toMatchObject({ kind: 'mention', actor: { name: 'Dana' }, conversationId, seq: message.seq, seenAt: null });
      expect(await noticesOf(house, noa.cookie)).toMatchObject({ unseen: 1, items: [{ kind: 'mention', text: 'רק רגע, @Noa יודעת' }] });
      expect((await mentionsOf(house, noa.cookie)).items).toMatchObject([{ conversationId, messageId: message.id, seenAt: null }]);
      expect((await noticesOf(house, house.cookie)).items).toEqual([]);
      // The same note again, after a lost reply, tells nobody twice.
      await get(dana, 'message:post', draft);
      await get(dana, 'message:post', { id: nanoid(), conversationId, text: 'תכף' });
      await expect.poll(() => heardByVisitor.length).toBeGreaterThan(0);
      expect(JSON.stringify(heardByVisitor)).not.toContain('Noa יודעת');
      expect((await noticesOf(house, noa.cookie)).unseen).toBe(1);
    });

    it('reads it in one browser and has it read in the other', async () => {
      const { house, noa, dana, conversationId } = await openFloor();
      const [one, other] = [await house.agent(noa.cookie), await house.agent(noa.cookie)];
      await get(dana, 'message:post', note(conversationId, '@Noa', { agentId: noa.id }, 'Noa'));
      const seen = nextFact(other.socket, 'notice:seen');
      await get(one.socket, 'notice:seen', { conversationId });
      expect(await seen).toEqual({ conversationId });
      expect((await noticesOf(house, noa.cookie)).unseen).toBe(0);
      expect((await mentionsOf(house, noa.cookie)).items[0]?.seenAt).toEqual(expect.any(Number));
    });

    it('cannot mark what is another’s', async () => {
      const { house, noa, omar, dana, conversationId } = await openFloor();
      await get(dana, 'message:post', note(conversationId, '@Noa', { agentId: noa.id }, 'Noa'));
      const [notice] = (await noticesOf(house, noa.cookie)).items;
      const stranger = await house.agent(omar.cookie);
      expect(await ask(stranger.socket, 'notice:seen', { id: notice?.id })).toMatchObject({ error: { code: 'not-found' } });
      expect((await noticesOf(house, noa.cookie)).unseen).toBe(1);
    });

    it('hears of a team’s mention as one of the team, once', async () => {
      const { house, noa, omar, dana, conversationId } = await openFloor();
      const sales = await makeTeam(house, 'מכירות', [noa.id, omar.id]);
      const text = '@מכירות ו־@Noa';
      await get(dana, 'message:post', {
        id: nanoid(),
        conversationId,
        text,
        visibility: 'internal',
        mentions: [
          { teamId: sales.id, at: 0, length: 7 },
          { agentId: noa.id, at: text.indexOf('@Noa'), length: 4 },
        ],
      });
      expect((await noticesOf(house, noa.cookie)).items).toHaveLength(1);
      expect((await noticesOf(house, omar.cookie)).items).toHaveLength(1);
    });

    it('who may not see the conversation is known beforehand, is not told, and learns nothing of it', async () => {
      const { house, dana, conversationId } = await openFloor();
      const own = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply']);
      const lior = await house.hire('Lior', own.id);
      const desk = await house.agent(lior.cookie);
      const heard = hear(desk.socket, 'notice:posted');
      const { agentIds } = await get<{ agentIds: string[] }>(dana, 'conversation:audience', { conversationId });
      expect(agentIds).not.toContain(lior.id);
      await get(dana, 'message:post', note(conversationId, 'סוד של @Lior', { agentId: lior.id }, 'Lior'));
      expect(await noticesOf(house, lior.cookie)).toEqual({ items: [], next: null, unseen: 0 });
      expect((await mentionsOf(house, lior.cookie)).items).toEqual([]);
      // Given to Lior, it is Lior's to read.
      await get(dana, 'conversation:assign', { conversationId, agentId: lior.id });
      expect((await mentionsOf(house, lior.cookie)).items).toMatchObject([{ text: 'סוד של @Lior' }]);
      expect(heard).not.toContainEqual(expect.objectContaining({ kind: 'mention' }));
      // Taken away again, the notice stays and says nothing of it.
      await get(dana, 'conversation:assign', { conversationId, agentId: null, teamId: (await makeTeam(house, 'אחרים')).id });
      expect((await noticesOf(house, lior.cookie)).items).toMatchObject([
        { kind: 'assignment', conversationId: null, contact: null, text: null },
      ]);
      expect((await mentionsOf(house, lior.cookie)).items).toEqual([]);
    });

    it('stands in a note only, and only where the text holds the name', async () => {
      const { noa, dana, conversationId } = await openFloor();
      const good = note(conversationId, 'שלום @Noa', { agentId: noa.id }, 'Noa');
      expect(await ask(dana, 'message:post', { ...good, visibility: 'public' })).toMatchObject({
        error: { code: 'invalid', field: 'mentions' },
      });
      expect(await ask(dana, 'message:post', { ...good, text: 'שלום' })).toMatchObject({ error: { code: 'invalid', field: 'mentions' } });
      expect(await ask(dana, 'message:post', good)).toMatchObject({ ok: true });
    });

    it('pages through many, newest first, and forgets them after thirty days', async () => {
      const { house, noa, dana, conversationId } = await openFloor();
      for (let count = 1; count <= 5; count += 1) {
        await get(dana, 'message:post', note(conversationId, `${count} @Noa`, { agentId: noa.id }, 'Noa'));
      }
      const read = async (route: string, cookie = noa.cookie) => {
        const texts: (string | null)[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page: { items: { text: string | null }[]; next: string | null } = await house.json(
            'GET',
            `/api/${route}?limit=2${cursor && `&cursor=${cursor}`}`,
            undefined,
            { cookie },
          );
          texts.push(...page.items.map(({ text }) => text));
          cursor = page.next;
        }
        return texts;
      };
      const all = ['5 @Noa', '4 @Noa', '3 @Noa', '2 @Noa', '1 @Noa'];
      expect((await read('notices')).sort()).toEqual(all.toSorted());
      expect((await read('mentions')).sort()).toEqual(all.toSorted());
      house.clockOffsetMs = 31 * 24 * 60 * 60 * 1_000;
      const later = cookieOf(await house.call('POST', '/api/session', { email: noa.email, password: PASSWORD }, { cookie: '' }));
      expect(await read('mentions', later)).toHaveLength(5);
      expect(await read('notices', later)).toEqual([]);
    });
  });

  describe('an agent who is given a conversation', () => {
    it('is told by whom, and nobody is told of what they took themselves', async () => {
      const { house, noa, dana, conversationId } = await openFloor();
      const desk = await house.agent(noa.cookie);
      const told = nextFact<AgentNotice>(desk.socket, 'notice:posted');
      await get(dana, 'conversation:assign', { conversationId, agentId: noa.id });
      expect(await told).toMatchObject({ kind: 'assignment', actor: { name: 'Dana' }, conversationId });
      await get(dana, 'conversation:assign', { conversationId, agentId: (await house.json<{ id: string }>('GET', '/api/session')).id });
      expect((await noticesOf(house, house.cookie)).items).toEqual([]);
    });
  });

  describe('a conversation that is handed over with a note', () => {
    it('changes hands, brings the note, and says so to agents alone', async () => {
      const { house, noa, dana, shop, conversationId } = await openFloor();
      const heardByVisitor = hear<Message>(shop.socket, 'message:posted');
      const request = { id: nanoid(), conversationId, agentId: noa.id, note: 'הוא כבר שילם' };
      const { conversation } = await get<{ conversation: ConversationSummary }>(dana, 'conversation:transfer', request);
      expect(conversation.assigneeId).toBe(noa.id);
      // A lost reply: the same again changes nothing.
      await get(dana, 'conversation:transfer', request);
      const messages = await historyOf(dana, conversationId);
      expect(messages.map(({ visibility, notice, text }) => [visibility, notice?.kind ?? text])).toEqual([
        ['public', 'איפה המשלוח שלי?'],
        ['internal', 'הוא כבר שילם'],
        ['internal', 'handed'],
        ['public', 'joined'],
      ]);
      expect(messages[2]?.notice).toEqual({ kind: 'handed', name: 'Dana', to: 'Noa' });
      expect((await noticesOf(house, noa.cookie)).items).toMatchObject([
        { kind: 'transfer', text: 'הוא כבר שילם', actor: { name: 'Dana' } },
      ]);
      await expect.poll(() => heardByVisitor.map(({ notice }) => notice?.kind)).toEqual(['joined']);
    });

    it('goes to one of two who are quick, and tells the other that it is gone', async () => {
      const { house, noa, omar, dana, conversationId } = await openFloor();
      const sara = await house.hire('Sara', 'supervisor');
      const other = await house.agent(sara.cookie);
      const seen = { assigneeId: null, teamId: null };
      const replies = await Promise.all([
        ask<unknown>(dana, 'conversation:transfer', { id: nanoid(), conversationId, agentId: noa.id, note: 'לנועה', seen }),
        ask<unknown>(other.socket, 'conversation:transfer', { id: nanoid(), conversationId, agentId: omar.id, note: 'לעומר', seen }),
      ]);
      expect(replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).sort()).toEqual(['ok', 'stale']);
      const notes = (await historyOf(dana, conversationId)).filter(({ author }) => author.kind === 'agent');
      expect(notes).toHaveLength(1);
      const told = [...(await noticesOf(house, noa.cookie)).items, ...(await noticesOf(house, omar.cookie)).items];
      expect(told).toHaveLength(1);
    });

    it('waits in a team’s queue for any of its members, all of whom are told', async () => {
      const { house, noa, omar, dana, conversationId } = await openFloor();
      const sales = await makeTeam(house, 'מכירות', [noa.id, omar.id]);
      await get(dana, 'message:post', { id: nanoid(), conversationId, text: 'שלום' });
      const { conversation } = await get<{ conversation: ConversationSummary }>(dana, 'conversation:transfer', {
        id: nanoid(),
        conversationId,
        teamId: sales.id,
      });
      expect(conversation).toMatchObject({ assigneeId: null, teamId: sales.id });
      for (const { cookie } of [noa, omar])
        expect((await noticesOf(house, cookie)).items).toMatchObject([{ kind: 'transfer', text: null }]);
    });

    it('is refused whole where the receiver or the conversation is not there', async () => {
      const { dana, noa, conversationId } = await openFloor();
      const refused = async (change: object) => {
        const request = { id: nanoid(), conversationId, agentId: noa.id, note: 'x', ...change };
        const reply = await ask<unknown>(dana, 'conversation:transfer', request);
        return reply.ok ? 'ok' : reply.error.code;
      };
      expect(await refused({ agentId: nanoid() })).toBe('not-found');
      expect(await refused({ conversationId: nanoid() })).toBe('not-found');
      expect(await refused({ teamId: nanoid() })).toBe('invalid');
      expect(await historyOf(dana, conversationId)).toHaveLength(1);
    });
  });

  describe('a whisper', () => {
    it('is a note to whoever has the conversation, and needs somebody who has it', async () => {
      const { house, noa, dana, conversationId } = await openFloor();
      const whisper = () => ({ id: nanoid(), conversationId, text: 'תציע לו הנחה', visibility: 'internal', isWhisper: true });
      expect(await ask(dana, 'message:post', whisper())).toMatchObject({ error: { code: 'conflict' } });
      await get(dana, 'conversation:assign', { conversationId, agentId: noa.id });
      const desk = await house.agent(noa.cookie);
      const told = nextFact<AgentNotice>(desk.socket, 'notice:posted');
      const { message } = await get<Posted>(dana, 'message:post', whisper());
      expect(message.mentions).toEqual([{ agentId: noa.id, at: 0, length: 0, isWhisper: true }]);
      expect(await told).toMatchObject({ kind: 'whisper', text: 'תציע לו הנחה' });
    });
  });
});
