import { describe, expect, it } from 'vitest';
import { snoozePresets } from '../../console/conversations/snooze-presets.ts';

const wednesday = new Date(2026, 2, 11, 16, 30).getTime();
const sunday = new Date(2026, 2, 15, 8, 0).getTime();

describe('an agent who snoozes', () => {
  it('on a Wednesday gets it back in an hour, tomorrow at nine, or when the week begins', () => {
    expect(snoozePresets(wednesday, 0)).toEqual({
      hour: new Date(2026, 2, 11, 17, 30).getTime(),
      tomorrow: new Date(2026, 2, 12, 9, 0).getTime(),
      week: new Date(2026, 2, 15, 9, 0).getTime(),
    });
    expect(snoozePresets(wednesday, 1).week).toBe(new Date(2026, 2, 16, 9, 0).getTime());
  });

  it('on the first day of a week means the next one', () => {
    expect(snoozePresets(sunday, 0).week).toBe(new Date(2026, 2, 22, 9, 0).getTime());
  });
});
