import '../helpers/console-words.ts';
import { expect, it } from 'vitest';
import { groupByDay } from '../../console/tasks/day-groups.ts';
import { dueChoices } from '../../console/tasks/due-choices.ts';
import { recurrenceWords } from '../../console/tasks/recurrence-words.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { recurrenceSchema } from '../../shared/recurrence.ts';
import type { Task } from '../../shared/task.ts';

const at = (text: string) => new Date(text).getTime();

it.each([
  ['2026-11-22T10:07', 0, { hour: '11:15', evening: '18:00', tomorrow: '23 09:00', week: '29 09:00' }],
  ['2026-11-22T16:50', 0, { hour: '18:00', tomorrow: '23 09:00', week: '29 09:00' }],
  ['2026-11-22T22:10', 1, { hour: '23:15', tomorrow: '23 09:00' }],
  ['2026-11-21T09:00', 0, { hour: '10:00', evening: '18:00', tomorrow: '22 09:00' }],
] as const)('at %s nothing is offered that is over, and nothing twice', (now, weekStartsOn, offered) => {
  const said = dueChoices(at(now), weekStartsOn).map(({ kind, at: moment }) => {
    const date = new Date(moment);
    const time = date.toTimeString().slice(0, 5);
    return [kind, date.getDate() === new Date(at(now)).getDate() ? time : `${date.getDate()} ${time}`];
  });
  expect(Object.fromEntries(said)).toEqual(offered);
});

it('tasks stand by the day on this browser’s calendar', () => {
  const now = at('2026-11-22T10:00');
  const task = (id: string, dueAt: number | null) => ({ id, dueAt, awaitsTurn: false }) as Task;
  const tasks = [
    task('late', now - 3_600_000),
    task('now', now - 30_000),
    task('tonight', at('2026-11-22T23:59')),
    task('tomorrow', at('2026-11-23T00:00')),
    task('saturday', at('2026-11-28T23:59')),
    task('next sunday', at('2026-11-29T00:00')),
    task('some day', null),
  ];
  const groups = groupByDay(tasks, now).map(({ group, tasks: found }) => [group, found.map(({ id }) => id)]);
  expect(Object.fromEntries(groups)).toEqual({
    overdue: ['late'],
    today: ['now', 'tonight'],
    tomorrow: ['tomorrow'],
    week: ['saturday'],
    later: ['next sunday'],
    none: ['some day'],
  });
});

it.each([
  [{ unit: 'day' }, 'Every day', 'כל יום'],
  [{ unit: 'day', every: 2 }, 'Every 2 days', 'כל יומיים'],
  [{ unit: 'week', weekdays: [7, 2] }, 'Every week on Sunday and Tuesday', 'כל שבוע, יום ראשון ויום שלישי'],
  [{ unit: 'week', every: 3 }, 'Every 3 weeks', 'כל 3 שבועות'],
  [
    { unit: 'month', isMonthEnd: true, isOnWorkingDays: true },
    'Every month, on its last day, on working days',
    'כל חודש, ביום האחרון, בימי עבודה',
  ],
  [{ unit: 'year', count: 2 }, 'Every year, 2 times', 'כל שנה, פעמיים'],
  [{ unit: 'day', until: at('2026-12-01T12:00') }, 'Every day, until Dec 1, 2026', 'כל יום, עד 1 בדצמ׳ 2026'],
] as const)('how often it comes again is said as people say it', (part, english, hebrew) => {
  const rule = recurrenceSchema.parse({ timeZone: 'Asia/Jerusalem', ...part });
  const said = (language: 'en' | 'he') => {
    setLanguage(language);
    return recurrenceWords(rule).replace(/[\u2068\u2069]/g, '');
  };
  expect([said('en'), said('he')]).toEqual([english, hebrew]);
});
