import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One thing that is broken on purpose: in one built file, one text becomes another. */
export interface Fault {
  file: string;
  text: string;
  becomes: string;
}

/** The first copy of a message that is sent again is found, and a second one stored beside it. */
export const storesRetriesTwice: Fault = {
  file: 'server/conversations/message-batch.js',
  text: 'return firstCopy(post, first, conversations.rows, now);',
  becomes: `{
      const conversation = conversations.rows.get(first.conversationId);
      const copy = { ...toRow(post, conversation, { attachments: [], now }), id: nanoid() };
      added.push(copy);
      const message = { ...toMessage(copy), id: post.id };
      return { message, notices: [], conversation: withMessage(conversation, toMessage(copy)), before: conversation, isNew: true };
    }`,
};

/** Who comes back and names the last message it holds is told that nothing came after it. */
export const resumesWithNothing: Fault = {
  file: 'server/conversations/messages.js',
  text: 'const { after, afterId, before } = request;',
  becomes: 'const { after, afterId, before } = request; if (afterId !== undefined) return { messages: [], more: false };',
};

/** The replies go out while the transaction is still open. */
export const repliesBeforeCommit: Fault = {
  file: 'server/storage/group-commit.js',
  text: 'await committing;',
  becomes: '{ for (const answer of answers.splice(0)) answer(); await committing; }',
};

/** The database driver's own default: a commit is in the file, and on the disk some time later. */
export const syncsNowAndThen: Fault = {
  file: 'server/storage/sqlite-connection.js',
  text: "database.pragma('synchronous = FULL');",
  becomes: "database.pragma('synchronous = NORMAL');",
};

/** A copy of the built server with this fault in it. Throws if the text is not there exactly once: then the fault must be rewritten. */
export async function breakServer(dist: string, fault: Fault): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kesher-broken-'));
  for (const part of ['server', 'shared']) await cp(join(dist, part), join(folder, part), { recursive: true });
  await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const path = join(folder, fault.file);
  const parts = (await readFile(path, 'utf8')).split(fault.text);
  if (parts.length !== 2) throw new Error(`${fault.file} holds ${parts.length - 1} times what should be broken: ${fault.text}`);
  await writeFile(path, parts.join(fault.becomes));
  return folder;
}
