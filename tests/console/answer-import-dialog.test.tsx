import { cleanup, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchLanguage, setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import { type AtAnswers, expectPage, openAnswers, plain, press, seen } from './answer-scene.tsx';

const rows = [
  'question he,answer he,on,inboxes,valid from,moment,phrasing 1',
  ',יש,,,,,',
  'כמה?,,,,,,',
  'פתוח?,כן,אולי,,,,',
  'מאוחר?,לא,,ירח,,,',
  'מתי?,אז,,,אתמול,,',
  'איך?,ככה,,,,בלילה,',
  'למה?,כי,,,,,',
  'למה?,ככה,,,,,',
  `ארוך?,כן,,,,,${'א'.repeat(301)}`,
  'רחב?,כן,,,,,,עוד',
  'ריק?,אנחנו פתוחים [ימים ושעות],כן,,,,',
  'טוב?,כן,,,,,זה טוב',
].join('\n');

beforeEach(async () => {
  await fetchLanguage('he');
  setLanguage('he');
});
afterEach(() => {
  cleanup();
  toasts.value = [];
  setLanguage('en');
});

async function drop(text: string): Promise<HTMLElement> {
  await press('עוד');
  await userEvent.click(await screen.findByRole('menuitem', { name: 'ייבוא מקובץ' }, seen));
  const dialog = await screen.findByRole('dialog', {}, seen);
  await userEvent.upload(dialog.querySelector('input[type=file]') as HTMLInputElement, new File([text], 'answers.csv'));
  return dialog;
}

const titles = async ({ saved }: AtAnswers) => (await saved()).map(({ question }) => question.he);

it('an administrator reads in Hebrew what is wrong with which row, and takes in the right ones alone', async () => {
  const scene = await openAnswers();
  const dialog = await drop(rows);
  const cells = await within(dialog).findAllByRole('row', {}, seen);
  const sentences = cells.slice(1).map((row) => plain(within(row).getAllByRole('cell').at(-1)?.textContent));
  expect(sentences).toEqual([
    'חסרה השאלה, לפחות בשפה אחת.',
    'חסר מה לענות, לפחות בשפה אחת.',
    'כאן כותבים כן או לא.',
    'אין תיבה כזו.',
    'זה לא תאריך. למשל: 2026-05-31.',
    expect.stringContaining('כאן כותבים always'),
    'התשובה הזו כבר נמצאת בשורה 8.',
    'ארוך מדי: עד 300 תווים.',
    'בשורה הזו יש יותר תאים מעמודות בשורה הראשונה.',
    'צריך למלא את [ימים ושעות] לפני שהתשובה מופעלת.',
  ]);
  const button = within(dialog).getByRole('button', { name: 'ייבוא' }) as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  await userEvent.click(within(dialog).getByRole('checkbox'));
  await userEvent.click(button);
  await vi.waitFor(async () => expect(await titles(scene)).toEqual(['למה?', 'טוב?']), seen);
});

it('a file that holds no answers is refused in words, and another one is taken', async () => {
  const scene = await openAnswers();
  const dialog = await drop('סתם מילים\nועוד');
  await expectPage('אי אפשר לקרוא מהקובץ תשובות.');
  await userEvent.upload(
    dialog.querySelector('input[type=file]') as HTMLInputElement,
    new File(['question he,answer he\nמתי?,עכשיו\n'], 'b.csv'),
  );
  const button = within(dialog).getByRole('button', { name: 'ייבוא' }) as HTMLButtonElement;
  await vi.waitFor(() => expect(button.disabled).toBe(false), seen);
  await userEvent.click(button);
  await vi.waitFor(async () => expect(await titles(scene)).toEqual(['מתי?']), seen);
});
