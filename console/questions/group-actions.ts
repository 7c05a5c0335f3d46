/** What a person decides about a group; each is told with how to undo it. */
import { nanoid } from 'nanoid';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { ChangedGroup, QuestionGroup } from '../../shared/question.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';

type Known = Pick<QuestionGroup, 'id' | 'name' | 'isNamed' | 'version'>;

export type GroupActions = ReturnType<typeof createGroupActions>;

export function createGroupActions(http: Http, onChanged: () => void) {
  const post = (id: string, what: string, body: object) => http.post<ChangedGroup>(`/questions/${id}/${what}`, body);

  /** Whoever was too late sees how it is now. */
  const settle = (reply: Reply<ChangedGroup>, told?: { text: string; undo: (now: ChangedGroup) => void }): ErrorReply | null => {
    onChanged();
    if (!reply.ok) {
      const text = reply.error.code === 'conflict' ? t('questions.conflict') : errorText(reply.error);
      showToast({ text, tone: 'problem' });
      return reply.error;
    }
    if (told) showToast({ text: told.text, action: { label: t('action.undo'), run: () => told.undo(reply.data) } });
    return null;
  };

  return {
    async rename(group: Known, name: string): Promise<string | null> {
      const reply = await post(group.id, 'rename', { name: name === '' ? null : name, version: group.version });
      const undo = async (now: ChangedGroup) =>
        void settle(await post(group.id, 'rename', { name: group.isNamed ? group.name : null, version: now.version }));
      const refusal = settle(reply, { text: t('questions.renamed', { name: reply.ok ? reply.data.name : name }), undo });
      return refusal === null ? null : errorText(refusal);
    },

    async ignore(group: Known): Promise<void> {
      const undo = async (now: ChangedGroup) => void settle(await post(group.id, 'restore', { version: now.version }));
      settle(await post(group.id, 'ignore', { version: group.version }), { text: t('questions.ignoredTold', { name: group.name }), undo });
    },

    async restore(group: Pick<Known, 'id' | 'name' | 'version'>): Promise<void> {
      settle(await post(group.id, 'restore', { version: group.version }));
    },

    /** Into the largest of them. */
    async merge(groups: readonly QuestionGroup[]): Promise<void> {
      const [target, ...others] = groups.toSorted((one, other) => other.count - one.count);
      if (!target || others.length === 0) return;
      const undo = async () => {
        // Each has gone up by one with the merge.
        for (const other of others) settle(await post(other.id, 'restore', { version: other.version + 1 }));
      };
      const reply = await post(target.id, 'merge', { ids: others.map(({ id }) => id), version: target.version });
      settle(reply, { text: t('questions.mergedTold', { count: groups.length, name: target.name }), undo });
    },

    async split(group: Known, questionIds: readonly string[]): Promise<void> {
      const id = nanoid();
      const undo = async (made: ChangedGroup) => void settle(await post(group.id, 'merge', { ids: [made.id], version: group.version + 1 }));
      const reply = await post(group.id, 'split', { id, questionIds, version: group.version });
      settle(reply, { text: t('questions.splitTold', { count: questionIds.length, name: reply.ok ? reply.data.name : '' }), undo });
    },
  };
}
