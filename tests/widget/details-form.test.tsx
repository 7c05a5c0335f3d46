import { userEvent } from '@testing-library/user-event';
import { useState } from 'preact/hooks';
import { describe, expect, test, vi } from 'vitest';
import { DetailsForm, type ToldDetails } from '../../widget/components/details-form.tsx';
import { languages, show, speechIn } from './speaking.tsx';

interface DeskProps {
  known?: ToldDetails;
  refusedField?: string | null;
  onSave?: (details: ToldDetails) => void;
  onCancel?: () => void;
}

function Desk({ known = {}, refusedField = null, onSave = () => {}, onCancel = () => {} }: DeskProps) {
  const [details, setDetails] = useState(known);
  return <DetailsForm details={details} refusedField={refusedField} onInput={setDetails} onSave={onSave} onCancel={onCancel} />;
}

describe.each(languages)('a visitor who says who it is, in %s', (language) => {
  test('may fill in what it likes, and what is saved has no stray blanks', async () => {
    const speech = await speechIn(language);
    const onSave = vi.fn();
    const screen = show(<Desk onSave={onSave} />, speech, language);
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox', { name: new RegExp(speech.t('name')) }), ' רות ');
    await user.type(screen.getByRole('textbox', { name: new RegExp(speech.t('phone')) }), '+972 50-123 4567');
    await user.click(screen.getByRole('button', { name: speech.t('save') }));
    expect(onSave).toHaveBeenCalledExactlyOnceWith({ name: 'רות', phone: '+972 50-123 4567' });
  });

  test('is told beside the field what is wrong, and put there', async () => {
    const speech = await speechIn(language);
    const onSave = vi.fn();
    const screen = show(<Desk onSave={onSave} known={{ phone: '12', email: 'ruth@shop' }} />, speech, language);
    await userEvent.setup().click(screen.getByRole('button', { name: speech.t('save') }));
    expect(onSave).not.toHaveBeenCalled();
    const phone = screen.getByRole('textbox', { name: new RegExp(speech.t('phone')) });
    expect(document.activeElement).toBe(phone);
    expect(phone.getAttribute('aria-invalid')).toBe('true');
    const description = document.getElementById(phone.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).toBe(speech.t('invalidPhone'));
    expect(screen.getByText(speech.t('invalidEmail'))).toBeTruthy();
  });

  test('writes phone and address from left to right, and its name as it is written', async () => {
    const screen = show(<Desk />, await speechIn(language), language);
    expect(screen.getAllByRole('textbox').map((field) => field.getAttribute('dir'))).toEqual(['auto', 'ltr', 'ltr']);
  });
});

test('a visitor who is still writing an address is not corrected before leaving the field', async () => {
  const speech = await speechIn('en');
  const screen = show(<Desk />, speech);
  const user = userEvent.setup();
  await user.type(screen.getByRole('textbox', { name: /Email/ }), 'ruth@');
  expect(screen.queryByRole('alert')).toBeNull();
  await user.tab();
  expect((await screen.findByRole('alert')).textContent).toBe(speech.t('invalidEmail'));
});

test('a visitor whom the server does not believe is told which field it is', async () => {
  const speech = await speechIn('en');
  const screen = show(<Desk known={{ email: 'ruth@example.invalid' }} refusedField="email" />, speech);
  expect(screen.getByRole('alert').textContent).toBe(speech.t('invalidEmail'));
});

test('a visitor who thinks better of it is let go', async () => {
  const onCancel = vi.fn();
  const screen = show(<Desk onCancel={onCancel} known={{ email: 'half' }} />, await speechIn('en'));
  await userEvent.setup().click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onCancel).toHaveBeenCalledOnce();
});
