import { createContext } from 'preact';
import type { Chat } from '../chat-state.ts';

/** For what stands deep in the transcript and needs the chat itself: files, with their progress and their server. */
export const ChatContext = createContext<Chat | null>(null);
