import { locale } from './format.ts';

/** "30 minutes", "2 hours", "1 day": in the largest unit that has no rest. */
export function formatMinutes(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0 && minutes > 0
      ? [minutes / 1_440, 'day']
      : minutes % 60 === 0 && minutes > 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute'];
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(Number(count));
}
