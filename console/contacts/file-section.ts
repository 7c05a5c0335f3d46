import type { ComponentChildren } from 'preact';
import type { Permission } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Http } from '../http.ts';

/** What a section of the customer file is given. */
export interface FileSectionProps {
  http: Http;
  contact: Contact;
  /** The conversation that is open beside the file. */
  conversationId: string | null;
  may: (permission: Permission) => boolean;
  /** Whose drafts are kept in the browser. */
  agentId?: string | undefined;
  /** The page of the file, where there is room; otherwise the panel beside a chat, which shows the latest few and a link. */
  isPage: boolean;
}

/** Above who it is; with everything else that is known; or what happened, which has room of its own on a page. */
export type SectionPlace = 'card' | 'below' | 'story';

/** Draws what rooms further up keep of a person. */
export type DrawSections = (props: Omit<FileSectionProps, 'may' | 'agentId'>, place: SectionPlace) => ComponentChildren;
