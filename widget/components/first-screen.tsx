import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
import type { Chat } from '../chat-state.ts';
import { FirstQuestions } from './first-questions.tsx';
import { useLazy } from './use-lazy.ts';
import { useValue } from './use-value.ts';

interface FirstScreenProps {
  chat: Chat;
  settings: WidgetSettings;
  language: Language;
}

const loadPreChat = async () => (await import('./pre-chat.tsx')).PreChat;

/** What a visitor finds before a conversation: frequent questions, or the form that its first message waits behind. */
export function FirstScreen({ chat, settings, language }: FirstScreenProps) {
  const held = useValue(chat.held);
  // Whoever writes first is to find the form, not to wait for it.
  const PreChat = useLazy(settings.isAsking || held.text !== undefined, loadPreChat);
  // Where an inbox has one language, that is what its administrators write.
  const languages = [language, settings.locale as Language];
  if (held.text !== undefined && !held.isSent) return PreChat && <PreChat chat={chat} preChat={settings.preChat} languages={languages} />;
  const choose = (text: string, questionId: string) => {
    if (settings.isAsking) chat.hold({ ...held, text, questionId });
    else chat.send(text, { questionId });
  };
  return <FirstQuestions questions={settings.questions} languages={languages} onChoose={choose} />;
}
