import type { Todo } from '../../shared/task.ts';

/** What the form is to be opened with: something that stands already, or what a new one is about. */
export interface TodoWish {
  todo?: Todo;
  contact?: { id: string; name: string | null };
  conversationId?: string;
  /** The message that it is made from, and what that says. */
  messageSeq?: number | undefined;
  title?: string | undefined;
}
