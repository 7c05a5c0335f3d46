/** The answers that somebody edits in this tab: those of the server that were opened, and those that were begun and are not saved yet. */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { Answer } from '../../shared/automatic-answer.ts';
import { createDraftEdits, type DraftEdits, type DraftTrade } from '../editing/draft-edits.ts';
import { isSame } from '../editing/merge-changes.ts';
import type { Http } from '../http.ts';
import { type AnswerForm, draftOf, emptyAnswer, mergeAnswer, tidyAnswer, toRequest } from './answer-draft.ts';
import { createLibraryDraft } from './library-draft.ts';

export type AnswerEdits = DraftEdits<Answer, AnswerForm>;
export type AnswerShelf = ReturnType<typeof createAnswerShelf>;

function tradeOf(http: Http) {
  return {
    draftOf,
    tidy: tidyAnswer,
    merge: mergeAnswer,
    create: (id: string, draft: AnswerForm) => http.post<Answer>('/answers', { id, ...toRequest(draft) }),
    change: ({ id, updatedAt }, changed) => http.patch(`/answers/${id}`, { ...toRequest(changed), expectedAt: updatedAt }),
    read: ({ id }) => http.get(`/answers/${id}`),
  } satisfies DraftTrade<Answer, AnswerForm>;
}

function createAnswerShelf(http: Http) {
  const trade = tradeOf(http);
  const all = signal<readonly AnswerEdits[]>([]);
  const put = (edits: AnswerEdits) => {
    all.value = [...all.value, edits];
    return edits;
  };

  return {
    /** Every answer that was opened or begun. */
    all,

    library: createLibraryDraft(),

    find: (id: string) => all.value.find((edits) => edits.id === id),

    /** One of the server's, as it was read just now. Where nothing was begun that is the ground; begun changes meet it when they are saved. */
    opened(answer: Answer): AnswerEdits {
      const held = all.peek().find(({ id }) => id === answer.id);
      if (!held) return put(createDraftEdits(trade, answer.id, { saved: answer }));
      if (held.changed.value.length === 0 && !held.isSaving.value) held.refresh(answer);
      return held;
    },

    /** `onMade` hears that the server has it. */
    begin(draft: AnswerForm, onMade?: (id: string) => void): AnswerEdits {
      const create: DraftTrade<Answer, AnswerForm>['create'] = async (id, form) => {
        const reply = await trade.create(id, form);
        if (reply.ok) onMade?.(id);
        return reply;
      };
      return put(createDraftEdits({ ...trade, create }, nanoid(), { draft }));
    },

    /** What was begun goes where nothing was written. */
    dropEmpty(): void {
      all.value = all.value.filter((edits) => !isEmpty(edits));
    },

    /** Those that somebody would miss. */
    unsaved: (): AnswerEdits[] => all.value.filter((edits) => !isEmpty(edits) && edits.changed.value.length > 0),

    drop(edits: AnswerEdits): () => void {
      all.value = all.value.filter((one) => one !== edits);
      return () => {
        put(edits);
      };
    },
  };
}

function isEmpty({ saved, draft }: AnswerEdits): boolean {
  return saved.value === null && isSame(tidyAnswer(draft.value), emptyAnswer);
}

const shelves = new WeakMap<Http, Map<string, AnswerShelf>>();

export function answerShelf(http: Http, agentId: string): AnswerShelf {
  const ofTab = shelves.get(http) ?? new Map<string, AnswerShelf>();
  shelves.set(http, ofTab);
  const shelf = ofTab.get(agentId) ?? createAnswerShelf(http);
  ofTab.set(agentId, shelf);
  return shelf;
}
