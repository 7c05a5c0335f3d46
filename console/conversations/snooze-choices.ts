import { language, t } from '../texts/texts.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { snoozePresets } from './snooze-presets.ts';

/** Until when to snooze, as entries of a menu. */
export function snoozeChoices(onChoose: (until: number) => void): MenuItem[] {
  const presets = snoozePresets(Date.now(), language.value === 'he' ? 0 : 1);
  return (['hour', 'tomorrow', 'week'] as const).map((preset) => ({
    key: preset,
    label: t(`snooze.${preset}`),
    hint: snoozeHint(presets[preset]),
    onSelect: () => onChoose(presets[preset]),
  }));
}

function snoozeHint(at: number): string {
  return new Intl.DateTimeFormat(language.value, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at);
}
