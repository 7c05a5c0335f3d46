import type { ViewCount } from '../../shared/view.ts';
import { formatNumber } from '../ui/format.ts';

/** 4,312, or 9,999+ where nobody counted on. */
export function countText({ count, isMore }: ViewCount): string {
  return isMore ? `${formatNumber(count)}+` : formatNumber(count);
}
