/** A JWT by which the site's server says who its visitor is. Not kept: the next page brings its own. */
import type { Signal } from '@preact/signals-core';
import type { Visitor } from '../shared/contact.ts';
import { isTemporary, type Reply } from '../shared/errors.ts';
import type { KeyValueStore } from '../shared/outbox.ts';
import { subjectOf } from './signed-subject.ts';
import type { VisitorDetails } from './visitor-details.ts';

/** What a visitor is vouched for with. */
export interface IdentityDesk {
  store: KeyValueStore;
  key: string;
  /** Identities that the server has not answered yet. */
  unanswered: number;
  isLive: () => boolean;
  request: (event: 'visitor:identify', payload: { identity: string }) => Promise<Reply<{ visitor: Visitor }>>;
  noticeOtherPerson: () => void;
  /** Forgets whoever was here before. */
  startAfresh: () => void;
  listConversations: () => Promise<void>;
  redialLater: () => void;
  details: { visitor: Signal<Visitor | null>; flush: () => Promise<void> };
  /** Whom the next handshake names. */
  introduce: (identity: string, said: VisitorDetails) => void;
}

export async function vouch(desk: IdentityDesk, identity: string, said: VisitorDetails = {}): Promise<void> {
  const introduce = () => {
    const subject = subjectOf(identity);
    if (subject !== null) desk.store.setItem(desk.key, subject);
    desk.introduce(identity, said);
  };
  desk.noticeOtherPerson();
  const last = desk.store.getItem(desk.key);
  // Not left to the server: it may be out of reach, and what is written from now on is this person's.
  if (last !== null && last !== subjectOf(identity)) desk.startAfresh();
  if (!desk.isLive()) return introduce();
  desk.unanswered += 1;
  introduce();
  const reply = await desk.request('visitor:identify', { identity });
  desk.unanswered -= 1;
  if (reply.ok) {
    desk.details.visitor.value = reply.data.visitor;
    await desk.listConversations();
  } else if (reply.error.code === 'conflict') {
    // This browser belonged to somebody else until now.
    desk.startAfresh();
    introduce();
  } else if (isTemporary(reply.error.code) && desk.isLive()) desk.redialLater();
  void desk.details.flush();
}
