import type { MacroSteps } from '../../shared/macro.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import styles from './macro-step-list.module.css';

/** What a macro does, a line a step; its reply is shown by itself. */
export function MacroStepList({ steps }: { steps: MacroSteps }) {
  return (
    <ul class={styles.steps}>
      {linesOf(steps).map(([icon, text]) => (
        <li key={text}>
          <Icon name={icon} size="small" />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function linesOf({ reply, isReplyShownFirst, note, addTags, removeTags, assign, end }: MacroSteps): [IconName, string][] {
  const lines: [IconName, string][] = [];
  if (reply) lines.push(['send-horizontal', isReplyShownFirst ? t('macro.does.show') : t('macro.does.reply')]);
  if (note.trim()) lines.push(['lock', t('macro.does.note', { text: note.trim().split('\n')[0]?.slice(0, 60) ?? '' })]);
  if (addTags.length > 0) lines.push(['tag', t('macro.does.addTags', { tags: addTags.join(', ') })]);
  if (removeTags.length > 0) lines.push(['tag', t('macro.does.removeTags', { tags: removeTags.join(', ') })]);
  if (assign) lines.push(['user-plus', t(`macro.does.assign.${assign.to}`)]);
  if (end?.status === 'resolved') lines.push(['circle-check', t('macro.does.resolve')]);
  if (end?.status === 'snoozed') lines.push(['alarm-clock', t('macro.does.snooze', { until: t(`snooze.${end.span}`) })]);
  return lines;
}
