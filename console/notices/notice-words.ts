/** What a piece of news is called, in the agent's language. */
import type { AgentNotice } from '../../shared/agent-notice.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import type { News } from './notice-board.ts';

export function noticeTitle({ kind, actor }: Pick<AgentNotice, 'kind' | 'actor'>): string {
  const name = actor?.name || t('message.agent');
  return t(`bell.${kind}`, { name });
}

export function newsWords({ kind, contact, text, notice }: News): { title: string; text: string } {
  const who = contact ? contactName(contact) : '';
  if (notice) return { title: noticeTitle(notice), text: [who, text].filter(Boolean).join(': ') };
  return { title: kind === 'waiting' ? t('bell.waiting', { name: who }) : who, text };
}
