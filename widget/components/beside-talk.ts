/** What surrounds the conversation: fetched together once the chat lives, because none of it is needed to say the first word. */
import { AfterTalk } from './after-talk.tsx';
import { AsidePage } from './aside-page.tsx';
import { MoreMenu } from './more-menu.tsx';

export const besideTalk = { AfterTalk, AsidePage, MoreMenu };
