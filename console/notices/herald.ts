/** Speaks of news as the agent wishes: with a sound, with a notice beside the browser's window, or not at all. */
import type { SignedInAgent } from '../../shared/agent.ts';
import type { NoticeKind } from '../../shared/profile.ts';
import { melodies } from '../people/melodies.ts';
import { language } from '../texts/texts.ts';
import { play } from '../ui/tones.ts';
import type { Attention } from './attention.ts';
import type { News } from './notice-board.ts';
import { newsWords } from './notice-words.ts';

/** Several pieces of news in one breath make one sound. */
const BREATH_MS = 1_200;

export interface HeraldOptions {
  attention: Attention;
  me: () => SignedInAgent | null;
  /** Leads to what the news is about. */
  onOpen: (news: News) => void;
}

export class Herald {
  readonly #options: HeraldOptions;
  #soundedAt = 0;

  constructor(options: HeraldOptions) {
    this.#options = options;
  }

  async announce(news: News): Promise<void> {
    const { attention, me } = this.#options;
    const agent = me();
    if (!agent || attention.isOn(news.conversationId)) return;
    const { notifications } = agent.profile;
    if (notifications.isQuietWhileAway && agent.availability !== 'online') return;
    const wish = notifications[news.kind];
    if (!(wish.sound || wish.desktop) || !(await attention.speaksOf(news.key))) return;
    if (wish.sound) this.#sound(news.kind);
    if (wish.desktop) this.#show(news);
  }

  #sound(kind: NoticeKind): void {
    const now = Date.now();
    if (now - this.#soundedAt < BREATH_MS) return;
    this.#soundedAt = now;
    play(melodies[kind]);
  }

  #show(news: News): void {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    const { title, text } = newsWords(news);
    try {
      const shown = new Notification(title, {
        body: text,
        tag: news.conversationId ?? news.key,
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
