import { fireEvent } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { Attachment } from '../../shared/attachment.ts';
import type { Message } from '../../shared/message.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { createChat } from '../../widget/chat-state.ts';
import { EmojiPicker } from '../../widget/components/emoji-picker.tsx';
import { FileCards } from '../../widget/components/file-cards.tsx';
import { refuseFiles } from '../../widget/refuse-files.ts';
import { languages, now, plain, show, speechIn } from './speaking.tsx';

const photo: Attachment = { id: 'p', name: 'ספל.png', type: 'image/png', size: 2_000, url: '/attachments/p/s', width: 480, height: 240 };
const letter: Attachment = { id: 'd', name: 'invoice.pdf', type: 'application/pdf', size: 2_400_000, url: '/attachments/d/s' };

/** A page on which a conversation with these files stood before. */
function pageWith(attachments: Attachment[]) {
  const tabStorage = memoryStorage();
  const message: Message = {
    id: 'm1',
    conversationId: 'c',
    seq: 1,
    author: { kind: 'visitor' },
    visibility: 'public',
    text: '',
    attachments,
    createdAt: now,
  };
  const conversation = { id: 'c', status: 'open', assignee: null, queue: null, lastSeq: 1, agentReadSeq: 0, visitorReadSeq: 1 };
  const transcript = { messages: [message], syncedSeq: 1, hasEarlier: false };
  const snapshot = { visitor: null, availability: null, conversations: { epoch: 'e', conversation, transcript } };
  tabStorage.setItem('kesher:shop:snapshot', JSON.stringify(snapshot));
  return createChat({ serverUrl: 'https://chat.example/desk/', inboxKey: 'shop', storage: memoryStorage(), tabStorage });
}

describe.each(languages)('in a widget that speaks %s', (language) => {
  test('a picture takes its space before it is there, and a document is a card to download', async () => {
    const speech = await speechIn(language);
    const screen = show(<FileCards files={[photo, letter]} chat={pageWith([photo, letter])} />, speech, language);
    const picture = screen.getByRole('button', { name: speech.t('openPicture', { name: photo.name }) });
    expect(picture.style.inlineSize).toBe('240px');
    expect(picture.style.blockSize).toBe('120px');
    expect(picture.querySelector('img')?.getAttribute('src')).toBe('https://chat.example/desk/attachments/p/s');
    const card = screen.getByRole('link');
    expect(card.getAttribute('href')).toBe('https://chat.example/desk/attachments/d/s?download');
    expect(card.textContent).toContain('2.3 MB');
  });

  test('a picture that cannot be shown is a card like any other file', async () => {
    const screen = show(<FileCards files={[photo]} chat={pageWith([photo])} />, await speechIn(language), language);
    fireEvent.error(screen.container.querySelector('img') as Element);
    expect(plain(screen.getByRole('link').textContent)).toContain('ספל.png');
  });

  test('an emoji that is chosen is inserted, and stands first the next time', async () => {
    localStorage.clear();
    const speech = await speechIn(language);
    const [onChoose, onClose] = [vi.fn(), vi.fn()];
    const first = show(<EmojiPicker onChoose={onChoose} onClose={onClose} />, speech, language);
    await userEvent.setup().click(first.getByRole('button', { name: '👍' }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('👍');
    expect(onClose).toHaveBeenCalledOnce();
    first.unmount();
    const second = show(<EmojiPicker onChoose={onChoose} onClose={onClose} />, speech, language);
    expect(second.getAllByRole('button')[0]?.textContent).toBe('👍');
    expect(second.getByRole('group', { name: speech.t('emojiRecent') })).toBeTruthy();
  });
});

test('what cannot be sent is told before it is uploaded', () => {
  const file = (name: string, type: string, size = 10) => Object.defineProperty(new File(['x'], name, { type }), 'size', { value: size });
  const chosen = [
    file('a.png', 'image/png'),
    file('b.exe', 'application/x-msdownload'),
    file('c.CSV', ''),
    file('d.pdf', 'application/pdf', 101),
    file('e.svg', 'image/svg+xml'),
    file('f.m4a', 'audio/x-m4a'),
  ];
  const { good, refused } = refuseFiles(chosen, { held: 7, bytesMax: 100 });
  expect(good.map(({ name }) => name)).toEqual(['a.png', 'c.CSV', 'f.m4a']);
  expect(refused).toEqual([
    { why: 'fileKind', name: 'b.exe' },
    { why: 'fileTooLarge', name: 'd.pdf' },
    { why: 'fileKind', name: 'e.svg' },
  ]);
  expect(refuseFiles(chosen, { held: 10, bytesMax: 100 }).refused).toEqual([{ why: 'fileTooMany', name: 'a.png' }]);
});
