import type { Priority } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { priorityIcons } from './priority-icons.ts';

const tones = { low: 'neutral', normal: 'neutral', high: 'amber', urgent: 'red' } as const;

/** Says by picture, word and colour how urgent a conversation is; what is as usual is not said. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === 'normal') return null;
  return (
    <Badge tone={tones[priority]} title={t('priority.mark', { priority: t(`priority.${priority}`) })}>
      <Icon name={priorityIcons[priority]} size="small" label={t('priority.change')} />
      {t(`priority.${priority}`)}
    </Badge>
  );
}
