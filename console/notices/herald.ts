/** Speaks of news as the agent wishes: with a sound, with a notice beside the browser's window, or not at all. */
import type { SignedInAgent } from '../../shared/agent.ts';
import type { NoticeKind } from '../../shared/profile.ts';
import { melodies } from '../people/melodies.ts';
import { language } from '../texts/texts.ts';
import { play } from '../ui/tones.ts';
import type { Attention } from './attention.ts';
import type { News } from './notice-board.ts';
import { manyWords, newsWords } from './notice-words.ts';

/** Several pieces of news in one breath make one sound. */
const BREATH_MS = 1_200;

/** Of what comes together, more than these are one notice: an agent who comes back is not buried. */
const SINGLY_MAX = 3;

export interface HeraldOptions {
  attention: Attention;
  me: () => SignedInAgent | null;
  /** Leads to what the news is about; null: about several conversations. */
  onOpen: (news: News | null) => void;
}

export class Herald {
  readonly #options: HeraldOptions;
  #soundedAt = 0;

  constructor(options: HeraldOptions) {
    this.#options = options;
  }

  async announce(news: readonly News[]): Promise<void> {
    const { attention, me } = this.#options;
    const agent = me();
    if (!agent) return;
    const { notifications } = agent.profile;
    if (notifications.isQuietWhileAway && agent.availability !== 'online') return;
    const wished = news.filter(({ kind, conversationId }) => {
      const { sound, desktop } = notifications[kind];
      return (sound || desktop) && !attention.isOn(conversationId);
    });
    const [first] = wished;
    if (!first || !(await attention.speaksOf(first.key))) return;
    const heard = wished.find(({ kind }) => notifications[kind].sound);
    if (heard) this.#sound(heard.kind);
    const shown = wished.filter(({ kind }) => notifications[kind].desktop);
    if (shown.length > SINGLY_MAX) this.#show({ ...manyWords(shown), tag: 'many', news: null });
    else for (const one of shown) this.#show({ ...newsWords(one), tag: one.conversationId ?? one.key, news: one });
  }

  #sound(kind: NoticeKind): void {
    const now = Date.now();
    if (now - this.#soundedAt < BREATH_MS) return;
    this.#soundedAt = now;
    play(melodies[kind]);
  }

  #show({ title, text, tag, news }: { title: string; text: string; tag: string; news: News | null }): void {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    try {
      const shown = new Notification(title, {
        body: text,
        tag,
        lang: language.value,
        dir: 'auto',
        silent: true,
      });
      shown.onclick = () => {
        window.focus();
        shown.close();
        this.#options.onOpen(news);
      };
    } catch {
      // Phones' browsers know notices only from workers; the bell shows it all the same.
    }
  }
}
