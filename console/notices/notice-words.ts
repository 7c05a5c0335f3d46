/** What a piece of news is called, in the agent's language. */
import type { AgentNotice } from '../../shared/agent-notice.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { formatSoon } from '../ui/format.ts';
import type { News } from './notice-board.ts';

/** As many as a notice of the desktop has room for. */
const NAMES_MAX = 5;

export function noticeTitle({ kind, actor, sla }: Pick<AgentNotice, 'kind' | 'actor' | 'sla'>): string {
  if (kind === 'sla-warning' || kind === 'sla-breach') {
    const moment = sla ? formatSoon(sla.dueAt, Date.now()) : '';
    return t(`sla.notice.${kind === 'sla-breach' ? 'breach' : 'warning'}.${sla?.target === 'resolution' ? 'resolution' : 'answer'}`, {
      moment,
    });
  }
  if (kind === 'assignment' && !actor) return t('bell.routed');
  const name = actor?.name || t('message.agent');
  return t(`bell.${kind}`, { name });
}

/** Several pieces in one: where they are, and of whom. */
export function manyWords(news: readonly News[]): { title: string; text: string } {
  const names = new Set(news.flatMap(({ contact }) => (contact ? [contactName(contact)] : [])));
  const count = new Set(news.map(({ conversationId, key }) => conversationId ?? key)).size;
  return { title: t('bell.many', { count }), text: [...names].slice(0, NAMES_MAX).join(', ') };
}

export function newsWords({ kind, contact, text, notice }: News): { title: string; text: string } {
  const who = contact ? contactName(contact) : '';
  if (notice) return { title: noticeTitle(notice), text: [who, text].filter(Boolean).join(': ') };
  if (kind === 'called') return { title: text, text: '' };
  return { title: kind === 'waiting' ? t('bell.waiting', { name: who }) : who, text };
}
