import { locale } from './format.ts';

/** "30 minutes", "2 hours", "1 day": in the largest unit that has no rest. Hebrew says of one only what it is one of. */
export function formatMinutes(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0 && minutes > 0
      ? [minutes / 1_440, 'day']
      : minutes % 60 === 0 && minutes > 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute'];
  const parts = new Intl.NumberFormat(locale.value, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).formatToParts(
    Number(count),
  );
  const said = count === 1 && locale.value.startsWith('he') ? parts.filter(({ type }) => type === 'unit') : parts;
  return said
    .map(({ value }) => value)
    .join('')
    .trim();
}
