import { type Gap, variableNames } from '../../shared/canned-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './gap-strip.module.css';

interface GapStripProps {
  gaps: readonly Gap[];
  /** It was about to be sent like this. */
  isRefused: boolean;
  onGo: (gap: Gap) => void;
  onSendAnyway: () => void;
}

/** What the text still asks for. Nothing goes out with it unless the agent says so. */
export function GapStrip({ gaps, isRefused, onGo, onSendAnyway }: GapStripProps) {
  return (
    <div class={styles.strip}>
      <span class={styles.sentence} role={isRefused ? 'alert' : 'status'}>
        <Icon name="triangle-alert" size="small" />
        {isRefused ? t('canned.gapsRefused') : t('canned.gaps', { count: gaps.length })}
      </span>
      {gaps.slice(0, 6).map((gap) => (
        <button
          key={gap.from}
          type="button"
          class={styles.gap}
          onClick={() => onGo(gap)}
          aria-label={t('canned.goToGap', { name: nameOf(gap) })}
        >
          <bdi>{nameOf(gap)}</bdi>
        </button>
      ))}
      {isRefused && (
        <Button size="small" look="quiet" onClick={onSendAnyway}>
          {t('canned.sendAnyway')}
        </Button>
      )}
    </div>
  );
}

/** A variable as people call it; what nobody knows is called what it is written. */
function nameOf({ name }: Gap): string {
  const known = variableNames.find((one) => one === name);
  return known ? t(`variable.${known}`) : name.replace(/^contact\.fields\./, '');
}
