import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { ringWords } from '../contacts/call-words.ts';
import type { Desk } from '../conversations/desk.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { viewPath } from '../conversations/paths.ts';
import { Attention } from '../notices/attention.ts';
import { Herald } from '../notices/herald.ts';
import type { News } from '../notices/notice-board.ts';
import type { SessionState } from '../session-state.ts';
import { keyOf } from '../tasks/call-desk.ts';
import { noticePath } from './notice-path.ts';

interface HeraldPlace {
  desk: Desk;
  session: SessionState;
  view: ViewName;
  openId: string | null;
}

/** Tells what happens by sound and beside the window, and takes what is before the agent's eyes for seen. */
export function useHerald({ desk, session, view, openId }: HeraldPlace): void {
  const { route } = useLocation();
  const [attention] = useState(() => new Attention(localStorage, desk.agentId));
  const open = useRef<(news: News | null) => void>(() => undefined);
  open.current = (news) => {
    if (!news) return route(viewPath(view));
    if (news.kind === 'called') return route('/console/tasks');
    const path = noticePath(
      { conversationId: news.conversationId, seq: news.notice?.seq ?? null, ...(news.notice?.ticket && { ticket: news.notice.ticket }) },
      view,
    );
    if (path) route(path);
    if (news.notice) void desk.notices.see({ id: news.notice.id });
  };
  useEffect(() => attention.begin(), [attention]);
  useEffect(() => {
    const me = () => {
      const agent = session.agent.value;
      return agent && { ...agent, availability: desk.me.value?.availability ?? agent.availability };
    };
    const herald = new Herald({ attention, me, onOpen: (news) => open.current(news) });
    const ends = [
      desk.notices.onNews((news) => void herald.announce(news)),
      desk.calls.onRing((task) => {
        const { contact } = task;
        void herald.announce([{ kind: 'called', key: `call ${keyOf(task)}`, conversationId: null, contact, text: ringWords(task) }]);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [desk, session, attention]);
  useEffect(() => attention.show(openId), [attention, openId]);

  const items = desk.notices.items.value;
  useEffect(() => {
    if (openId === null) return;
    const look = () => {
      if (attention.isOn(openId) && document.hasFocus()) desk.notices.lookedAt(openId);
    };
    look();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [desk, attention, openId, items]);
}
