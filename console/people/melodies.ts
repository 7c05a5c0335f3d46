import type { NoticeKind } from '../../shared/profile.ts';
import type { Melody } from '../ui/tones.ts';

/** Told apart without looking: what concerns me rises, who waits calls twice, a message is one soft knock, a call due rings. */
export const melodies: Record<NoticeKind, Melody> = {
  mine: [660],
  waiting: [523, 523, 659],
  assigned: [523, 784],
  mentioned: [659, 880],
  called: [784, 659, 784, 659],
  late: [784, 659, 784],
};
