import { cleanup, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import { languageNames } from '../../shared/language.ts';
import { choose, goTo, openForm, save, seen } from './inbox-scene.tsx';

beforeEach(() => setLanguage('en'));

const nothingUnsaved = () => vi.waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull(), seen);

describe('an administrator', () => {
  it('asks visitors for a phone number and for something of her own, and saves it', async () => {
    const { saved } = await openForm('Before chatting');
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await choose('Phone', 'Required');
    await userEvent.click(screen.getByRole('button', { name: 'Add a field' }));
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Question to the visitor')), seen);
    await userEvent.keyboard('Size');
    await userEvent.selectOptions(screen.getByLabelText('Kind'), 'Choice');
    await userEvent.type(screen.getByLabelText('Choices'), 'Small{Enter}Large{Enter}');
    expect(screen.getByText('Not saved yet: ⁨Before chatting⁩')).toBeTruthy();
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.preChat).toMatchObject({
      phone: 'required',
      name: 'hidden',
      fields: [{ key: 'field 1', label: { en: 'Size' }, kind: 'choice', options: ['Small', 'Large'], demand: 'optional' }],
    });
  });

  it('writes one text in two languages, and sees of which language each is', async () => {
    const { saved } = await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    await userEvent.selectOptions(screen.getByLabelText(/Greeting.*: language/), 'עברית');
    const greeting = screen.getByLabelText('Greeting') as HTMLInputElement;
    expect([greeting.value, greeting.lang, greeting.dir]).toEqual(['', 'he', 'rtl']);
    await userEvent.type(greeting, 'ברוכים הבאים');
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.greeting).toEqual({ en: 'Welcome', he: 'ברוכים הבאים' });
    await userEvent.clear(screen.getByLabelText('Greeting'));
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.greeting).toEqual({ en: 'Welcome' });
  });

  it('is led to the field that the server refuses, in whatever part it is, and loses nothing', async () => {
    const { saved, house } = await openForm('Before chatting');
    await choose('Consent', 'Required');
    await goTo('During the chat');
    await save();
    await screen.findByText('Please write what is agreed to, in at least one language.', {}, seen);
    const field = screen.getByLabelText('What is agreed to');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await vi.waitFor(() => expect(document.activeElement).toBe(field), seen);
    expect(screen.getByRole('alert').textContent).toContain('Nothing is lost.');
    expect((await saved()).settings).toEqual(house.inbox.settings);

    await userEvent.type(field, 'I agree to be called back.');
    expect(screen.queryByRole('alert')).toBeNull();
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.preChat.consentText).toEqual({ en: 'I agree to be called back.' });
  });

  it('keeps what she typed when the server cannot be reached, and saves it when it is back', async () => {
    const { saved, house } = await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    await house.stop();
    await save();
    await screen.findByText(/cannot be reached/, {}, seen);
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Welcome');
    await house.start();
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.greeting).toEqual({ en: 'Welcome' });
  });

  it('puts questions in order by keyboard, and the focus stays with the one she moves', async () => {
    const questions = ['Where?', 'When?', 'How?'].map((en, at) => ({ id: `q${at}`, text: { en }, answer: {} }));
    const { saved } = await openForm('First screen', { questions });
    const first = screen.getByRole('button', { name: 'Where?' }).closest('li') as HTMLElement;
    within(first)
      .getByRole('button', { name: /Move with the arrow keys/ })
      .focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const titles = () =>
      screen.getAllByRole('listitem').flatMap((row) =>
        within(row)
          .queryAllByRole('button', { expanded: false })
          .map((button) => button.textContent),
      );
    expect(titles()).toEqual(['When?', 'How?', 'Where?']);
    expect(document.activeElement?.closest('li')?.textContent).toContain('Where?');
    expect(screen.getByText('Now number 3 of 3.')).toBeTruthy();
    await userEvent.click(within(document.activeElement?.closest('li') as HTMLElement).getByRole('button', { name: 'Move up' }));
    expect(titles()).toEqual(['When?', 'Where?', 'How?']);
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.questions.map(({ id }) => id)).toEqual(['q1', 'q0', 'q2']);
  });

  it('goes through the parts with the arrow keys', async () => {
    await openForm('Look');
    screen.getByRole('tab', { name: 'Look' }).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Before chatting' }));
    expect(screen.getByRole('tabpanel', { name: 'Before chatting' })).toBeTruthy();
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('tabpanel', { name: 'Install' })).toBeTruthy();
  });

  it('reads in words when an invitation appears', async () => {
    const { saved } = await openForm('Invitations');
    await userEvent.click(screen.getByRole('button', { name: 'Add an invitation' }));
    const sentence = () => screen.getByText(/^Shown to/).textContent?.replace(/[\u2066-\u2069]/g, '');
    expect(sentence()).toBe(
      'Shown to anybody, on every page, after 30 seconds on the page and while somebody is here to answer. At most once in 7 days.',
    );
    await userEvent.type(screen.getByLabelText('Pages'), '/checkout*{Enter}/cart');
    await userEvent.clear(screen.getByLabelText('Seconds on the page'));
    await userEvent.selectOptions(screen.getByLabelText('Who'), 'Who has been here before');
    await userEvent.selectOptions(screen.getByLabelText('Hours'), 'At any time');
    await userEvent.click(screen.getByLabelText('When somebody is about to leave'));
    expect(sentence()).toBe(
      'Shown to people who have been here before, on /checkout* or /cart, when they are about to leave. At most once in 7 days.',
    );
    await userEvent.type(screen.getByLabelText('What it says'), 'Need a hand?');
    await userEvent.click(screen.getByRole('button', { name: /^Copy:/ }));
    await save();
    await nothingUnsaved();
    const [first, copy] = (await saved()).settings.invitations;
    expect(first).toMatchObject({ isOn: true, pages: ['/checkout*', '/cart'], afterSeconds: null, isReturning: true, onExitIntent: true });
    expect(copy).toEqual({ ...first, id: copy?.id, isOn: false });
    expect(copy?.id).not.toBe(first?.id);
  });

  it('is told of a number that cannot be, and it is not saved', async () => {
    const { saved } = await openForm('During the chat');
    const days = screen.getByLabelText('Days');
    await userEvent.clear(days);
    await userEvent.type(days, '9');
    await userEvent.type(days, '99');
    expect(screen.getByText('A whole number from 1 to 365.')).toBeTruthy();
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.returnWithinDays).toBe(99);
  });

  it('finds every language wherever texts are written, chosen or shown', async () => {
    await openForm('Look');
    const names = Object.values(languageNames).sort();
    const offered = (label: string | RegExp) =>
      [...(screen.getByLabelText(label) as HTMLSelectElement).options].map(({ text }) => text.replace(' ✓', '')).sort();
    await screen.findByLabelText('Language of the preview', {}, seen);
    expect(offered('Language of the preview')).toEqual(names);
    expect(offered(/Greeting.*: language/)).toEqual(names);
    expect(offered('Language')).toEqual(['As the page', ...names].sort());
    await goTo('Before chatting');
    await choose('Consent', 'Required');
    expect(offered(/What is agreed to.*: language/)).toEqual(names);
    await goTo('First screen');
    await userEvent.click(screen.getByRole('button', { name: 'Add a question' }));
    expect(offered(/Question.*: language/)).toEqual(names);
    await goTo('Invitations');
    await userEvent.click(screen.getByRole('button', { name: 'Add an invitation' }));
    for (const name of names) screen.getByRole('checkbox', { name });
    await goTo('Texts');
    expect(offered(/Everything the widget says.*: language/)).toEqual(names);
  });

  it('says something otherwise in Arabic, in each of its six forms', async () => {
    const { saved } = await openForm('Texts');
    await userEvent.selectOptions(screen.getByLabelText(/Everything the widget says.*: language/), 'العربية');
    await userEvent.type(await screen.findByLabelText('Search in the texts', {}, seen), 'charactersLeft');
    await screen.findByPlaceholderText('بقي حرفان', {}, seen);
    const forms = ['For none', 'For one', 'For two', 'For a few', 'For many', 'For all others'].map(
      (label) => screen.getByLabelText(label) as HTMLInputElement,
    );
    expect(forms.map(({ lang, dir }) => `${lang} ${dir}`)).toEqual(Array(6).fill('ar rtl'));
    await userEvent.type(forms[2] as HTMLInputElement, 'حرفان فقط');
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.texts.ar?.charactersLeft).toMatchObject({ two: 'حرفان فقط', few: 'بقيت {count} أحرف' });
  });

  it('finds a text of the widget, says it otherwise, and takes it back', async () => {
    const { saved } = await openForm('Texts');
    await userEvent.type(await screen.findByLabelText('Search in the texts', {}, seen), 'your message');
    const field = (await screen.findByPlaceholderText('Your message…', {}, seen)) as HTMLInputElement;
    await userEvent.type(field, 'Ask us anything');
    await userEvent.clear(screen.getByLabelText('Search in the texts'));
    await userEvent.type(screen.getByLabelText('Search in the texts'), 'characters left');
    await userEvent.type(screen.getByLabelText('For one'), 'one letter left');
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.texts).toEqual({
      en: { compose: 'Ask us anything', charactersLeft: { one: 'one letter left', other: '{count} characters left' } },
    });
    await userEvent.click(screen.getByRole('button', { name: /Back to: .*characters left/ }));
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.texts).toEqual({ en: { compose: 'Ask us anything' } });
  });

  it('throws changes away, and has them back', async () => {
    const { saved, house } = await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('');
    toasts.value.at(-1)?.action?.run();
    await vi.waitFor(() => expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Welcome'), seen);
    expect((await saved()).settings.greeting).toEqual(house.inbox.settings.greeting);
  });

  it('adds a second widget, sets it up apart from the first, and deletes it', async () => {
    const { house, saved } = await openForm('Look');
    await userEvent.click(screen.getByRole('button', { name: 'Add a widget' }));
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Name'), 'Outlet{Enter}');
    const outlet = await screen.findByRole('button', { name: /^Outlet/, pressed: true }, seen);
    await userEvent.type(await screen.findByLabelText('Greeting', {}, seen), 'Bargains!');
    await userEvent.click(screen.getByRole('button', { name: /^Website/ }));
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('');
    await userEvent.click(outlet);
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Bargains!');
    await save();
    await nothingUnsaved();
    expect((await saved()).settings.greeting).toEqual({});
    await goTo('Install');
    await userEvent.click(screen.getByRole('button', { name: 'Delete this widget' }));
    await userEvent.click(within(screen.getByRole('dialog', { name: /Outlet/ })).getByRole('button', { name: 'Delete this widget' }));
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: /^Outlet/ })).toBeNull(), seen);
    expect((await house.json<{ items: unknown[] }>('GET', '/api/inboxes')).items).toHaveLength(1);
    await goTo('Install');
    expect(screen.queryByRole('button', { name: 'Delete this widget' })).toBeNull();
  });
});

describe('two administrators at once', () => {
  it('both keep their changes when they change different things of the same form', async () => {
    const { saved, colleagueSaves, house } = await openForm('Before chatting');
    await choose('Phone', 'Required');
    await colleagueSaves({ preChat: { ...house.inbox.settings.preChat, email: 'optional' }, accent: '#112233' });
    await save();
    await nothingUnsaved();
    expect((await saved()).settings).toMatchObject({ accent: '#112233', preChat: { phone: 'required', email: 'optional' } });
    await goTo('Look');
    expect((screen.getByLabelText('Colour') as HTMLInputElement).value).toBe('#112233');
  });

  it('are told when both changed the same, and she decides whose it is', async () => {
    const { saved, colleagueSaves } = await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Mine');
    await choose('Light or dark', 'Dark');
    await colleagueSaves({ greeting: { en: 'Theirs' } });
    await save();
    const bar = await screen.findByText(/Somebody else has just changed the same/, {}, seen);
    expect(bar.textContent).toContain('Look');
    expect((await saved()).settings).toMatchObject({ greeting: { en: 'Theirs' }, theme: 'auto' });
    await userEvent.click(screen.getByRole('button', { name: 'Take theirs' }));
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Theirs');
    await save();
    await nothingUnsaved();
    expect((await saved()).settings).toMatchObject({ greeting: { en: 'Theirs' }, theme: 'dark' });

    await userEvent.clear(screen.getByLabelText('Greeting'));
    await userEvent.type(screen.getByLabelText('Greeting'), 'Mine again');
    await colleagueSaves({ greeting: { en: 'Theirs again' } });
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Save mine' }, seen));
    await nothingUnsaved();
    expect((await saved()).settings.greeting).toEqual({ en: 'Mine again' });
  });
});

describe('whoever leaves with unsaved changes', () => {
  it('is asked first, and finds them still there after staying', async () => {
    await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    await userEvent.click(screen.getByRole('link', { name: 'People' }));
    await userEvent.click(
      within(screen.getByRole('dialog', { name: 'Leave with unsaved changes?' })).getByRole('button', { name: 'Stay' }),
    );
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Welcome');
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
  });

  it('finds them again after the browser’s back button, and is told where they are', async () => {
    const { comeBack } = await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    cleanup();
    expect(toasts.value.at(-1)).toMatchObject({ text: expect.stringContaining('wait in this tab'), action: { label: 'Go back' } });
    await comeBack();
    expect((screen.getByLabelText('Greeting') as HTMLInputElement).value).toBe('Welcome');
    expect(screen.getByRole('button', { name: 'Save' })).toBeTruthy();
  });

  it('loses them only by saying so', async () => {
    await openForm('Look');
    await userEvent.type(screen.getByLabelText('Greeting'), 'Welcome');
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(false);
  });
});
