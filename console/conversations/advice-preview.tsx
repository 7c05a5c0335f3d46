import type { AdviceSuggestion } from '../../shared/advice.ts';
import { fillText, type Surroundings } from '../../shared/canned-text.ts';
import { MarkedGaps } from '../canned/marked-gaps.tsx';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './advice-strip.module.css';

interface AdvicePreviewProps {
  id: string;
  suggestion: AdviceSuggestion;
  surroundings: Surroundings;
}

/** What would be inserted, and why it was thought of. */
export function AdvicePreview({ id, suggestion, surroundings }: AdvicePreviewProps) {
  const { kind, text, files, reason } = suggestion;
  return (
    <div id={id} class={styles.preview} role="tooltip">
      <p class={styles.said} dir="auto">
        {kind === 'canned' ? <MarkedGaps text={fillText(text, surroundings)} /> : text}
      </p>
      {files.map((file) => (
        <span key={file.id} class={styles.file}>
          <Icon name="paperclip" size="small" />
          <bdi>{file.name}</bdi>
        </span>
      ))}
      <p class={styles.reason}>
        {reason.shared.length > 0 ? t('advice.shares', { words: reason.shared.join(', ') }) : t('advice.alike', { phrase: reason.phrase })}
      </p>
    </div>
  );
}
