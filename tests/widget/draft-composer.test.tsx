import { fireEvent } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'preact/hooks';
import { describe, expect, test, vi } from 'vitest';
import { DraftComposer } from '../../widget/components/draft-composer.tsx';
import { languages, show, speechIn } from './speaking.tsx';

function Desk({
  begin = '',
  isNotKept = false,
  isOff = false,
  onSend = () => {},
}: {
  begin?: string;
  isNotKept?: boolean;
  isOff?: boolean;
  onSend?: (text: string) => void;
}) {
  const [text, setText] = useState(begin);
  return (
    <DraftComposer
      text={text}
      isNotKept={isNotKept}
      isOff={isOff}
      onInput={setText}
      onTyping={() => {}}
      onSend={() => {
        onSend(text);
        setText('');
      }}
    />
  );
}

describe.each(languages)('a visitor who writes in a widget that speaks %s', (language) => {
  test('sends with Enter, breaks the line with Shift and Enter, and goes on writing', async () => {
    const speech = await speechIn(language);
    const { t } = speech;
    const onSend = vi.fn();
    const user = userEvent.setup();
    const screen = show(<Desk onSend={onSend} />, speech, language);
    const field = screen.getByRole('textbox', { name: t('compose') }) as HTMLTextAreaElement;
    await user.type(field, 'first{Shift>}{Enter}{/Shift}second{Enter}');
    expect(onSend).toHaveBeenCalledExactlyOnceWith('first\nsecond');
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
  });

  test('sends with the button, whose name is in that language', async () => {
    const speech = await speechIn(language);
    const onSend = vi.fn();
    const screen = show(<Desk begin="hello" onSend={onSend} />, speech, language);
    await userEvent.setup().click(screen.getByRole('button', { name: speech.t('send') }));
    expect(onSend).toHaveBeenCalledExactlyOnceWith('hello');
  });

  test('writes in the direction of what is written, and begins in that of the widget', async () => {
    const speech = await speechIn(language);
    const screen = show(<Desk />, speech, language);
    const field = screen.getByRole('textbox');
    expect(field.getAttribute('dir')).toBeNull();
    await userEvent.setup().type(field, language === 'he' ? 'order 4711' : 'שלום');
    expect(field.getAttribute('dir')).toBe('auto');
  });
});

describe('a visitor who writes', () => {
  test('cannot send nothing, nor blanks', async () => {
    const speech = await speechIn('en');
    const onSend = vi.fn();
    const user = userEvent.setup();
    const screen = show(<Desk onSend={onSend} />, speech);
    await user.type(screen.getByRole('textbox'), '  {Enter}');
    await user.click(screen.getByRole('button'));
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole('button').getAttribute('aria-disabled')).toBe('true');
  });

  test('does not send with the Enter that only chooses a word of the keyboard', async () => {
    const speech = await speechIn('en');
    const onSend = vi.fn();
    const screen = show(<Desk begin="にほ" onSend={onSend} />, speech);
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', keyCode: 229 });
    expect(onSend).not.toHaveBeenCalled();
  });

  test('is told near the limit how much is left, beyond it how much is too much, and keeps it all', async () => {
    const speech = await speechIn('en');
    const onSend = vi.fn();
    const screen = show(<Desk begin={'x'.repeat(7_499)} onSend={onSend} />, speech);
    expect(screen.queryByRole('status')).toBeNull();
    const field = screen.getByRole('textbox') as HTMLTextAreaElement;
    fireEvent.input(field, { target: { value: 'x'.repeat(7_999) } });
    expect((await screen.findByRole('status')).textContent).toBe('1 character left');
    fireEvent.input(field, { target: { value: 'x'.repeat(8_002) } });
    expect((await screen.findByText('2 characters too many')).textContent).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(field.value).toHaveLength(8_002);
  });

  test('is told when the browser could not keep the message', async () => {
    const speech = await speechIn('en');
    const screen = show(<Desk begin="still here" isNotKept />, speech);
    expect(screen.getByRole('alert').textContent).toBe(speech.t('notKept'));
    const field = screen.getByRole('textbox') as HTMLTextAreaElement;
    expect(field.value).toBe('still here');
  });

  test('on a page that is refused keeps what was written and can add nothing to it', async () => {
    const onSend = vi.fn();
    const screen = show(<Desk begin="still here" isOff onSend={onSend} />, await speechIn('en'));
    const field = screen.getByRole('textbox') as HTMLTextAreaElement;
    const user = userEvent.setup();
    await user.type(field, ' and more');
    await user.click(screen.getByRole('button'));
    expect(field.value).toBe('still here');
    expect(onSend).not.toHaveBeenCalled();
  });
});
