import { asWritten } from '../../shared/fold.ts';
import { t } from './texts.ts';

const NAMED_MAX = 3;

/** What a search took for a slip of the finger, as a sentence. */
export function correctionText({ typed, used }: { typed: string; used: readonly string[] }): string {
  return t('search.corrected', { typed, used: used.slice(0, NAMED_MAX).map(asWritten).join(', ') });
}
