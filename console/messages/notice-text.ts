import type { Message } from '../../shared/message.ts';
import type { Reason } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { formatMoment } from '../ui/format.ts';
import { briefReasons } from './reason-text.ts';

/** What a line about the conversation says, in the agent's language; in the server's words where its kind is not known here. */
export function noticeText({ notice, text }: Pick<Message, 'notice' | 'text'>): string {
  if (!notice) return text;
  const { kind, name = t('message.agent'), to = '', at, by, priority = 'normal' } = notice;
  switch (kind) {
    case 'joined':
    case 'left':
    case 'transferred':
      return t(`notice.${kind}`, { name });
    case 'called':
      return t('notice.talked', { name });
    case 'handed':
      return t('notice.handed', { name, to });
    case 'prioritized':
      return t('notice.prioritized', { name, priority: t(`priority.${priority}`) });
    case 'routed':
      return routedText(to, notice.reasons ?? []);
    case 'ended':
      return t(by === undefined ? 'notice.ended' : by === 'helped' ? 'notice.endedHelped' : 'notice.endedQuiet');
    case 'reopened':
      return t(`notice.${kind}`);
    case 'callbackCancelled':
      return t('notice.callbackCancelled');
    case 'callbackOurs':
      return t('notice.callbackOurs', { moment: formatMoment(at ?? 0) });
    case 'callback':
      return at === undefined ? t('notice.callback') : t('notice.callbackAt', { moment: formatMoment(at) });
    default:
      return text;
  }
}

/** Without a name it went to nobody: it waits again. */
function routedText(to: string, reasons: readonly Reason[]): string {
  const why = briefReasons(reasons);
  return to ? t('notice.routed', { name: to, reasons: why }) : t('notice.requeued', { reasons: why });
}
