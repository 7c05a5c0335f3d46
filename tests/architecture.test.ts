import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFaults, houseRules, type RuleName } from './architecture/house-rules.ts';
import { parseSources, readSources } from './architecture/source-tree.ts';

const root = join(import.meta.dirname, '..');

/** A small house in which nothing is wrong. */
const soundHouse: Record<string, string> = {
  'shared/message.ts':
    "import * as z from 'zod';\nexport const messageSchema = z.object({});\nexport type Message = z.infer<typeof messageSchema>;",
  'shared/transcript.ts': "import type { Message } from './message.ts';\nexport function sort(messages: Message[]) { return messages; }",
  'server/storage/database.ts':
    "import Database from 'better-sqlite3';\nimport type { Kysely } from 'kysely';\nexport const open = () => Database;",
  'server/storage/migrations/0001-first.ts': "import type { Kysely } from 'kysely';\nexport const migrate = (db: Kysely<unknown>) => db;",
  'server/transport/answer.ts': "import type { Socket } from 'socket.io';\nexport const answer = (socket: Socket) => socket;",
  'server/app.ts': "import type { open } from './storage/database.ts';\nexport interface App { open: typeof open }",
  'server/contacts/contacts.ts': "import { getContact } from './contact-store.ts';\nexport const openContact = () => getContact();",
  'server/contacts/contact-store.ts': "import { sql } from 'kysely';\nexport const getContact = () => sql;",
  'server/agents/agents.ts': "import type { App } from '../app.ts';\nexport const listAgents = (app: App) => app;",
  'server/conversations/messages.ts':
    "import { openContact } from '../contacts/contacts.ts';\nexport const postMessage = () => openContact();",
  'server/conversations/message-api.ts':
    "import { Router } from 'express';\nimport { postMessage } from './messages.ts';\nexport const bind = () => [Router, postMessage];",
  'server/server.ts': "import { bind } from './conversations/message-api.ts';\nexport const createServer = () => bind();",
  'server/main.ts': "import { createServer } from './server.ts';\ncreateServer();",
  'widget/connection.ts':
    "import { io } from 'socket.io-client';\nimport type { Message } from '../shared/message.ts';\nexport const connect = () => io() as unknown as Message;",
  'widget/main.tsx': "import { sort } from '../shared/transcript.ts';\nexport const start = () => sort([]);",
  'console/ui/button.tsx': 'export const Button = () => <button type="button" />;',
  'console/connection.ts': "import { messageSchema } from '../shared/message.ts';\nexport const connect = () => messageSchema;",
  'console/conversations/message-list.tsx': "import { Button } from '../ui/button.tsx';\nexport const MessageList = () => <Button />;",
  'console/main.tsx': "import { MessageList } from './conversations/message-list.tsx';\nexport const screen = <MessageList />;",
};

function faultsWith(planted: Record<string, string>) {
  return findFaults(parseSources(new Map(Object.entries({ ...soundHouse, ...planted }))));
}

describe('Kesher as it stands', () => {
  const files = parseSources(readSources(root, ['shared', 'server', 'widget', 'console']));

  it('is read at all', () => {
    expect(files.filter((file) => file.imports.length > 0).length).toBeGreaterThan(20);
  });

  it.each(Object.entries(houseRules))('%s', (_, find) => {
    expect(find(files).map(({ file, sentence }) => `${file} ${sentence}`)).toEqual([]);
  });
});

describe('someone who breaks a rule of the house is told', () => {
  it('nothing, while nothing is wrong', () => {
    expect(faultsWith({})).toEqual([]);
  });

  const plants: [title: string, rule: RuleName, file: string, text: string][] = [
    [
      'storage that imports transport',
      'imports go down, and rooms on one line are strangers',
      'server/storage/pool.ts',
      "import { answer } from '../transport/answer.ts';\nanswer;",
    ],
    [
      'contacts that import conversations',
      'imports go down, and rooms on one line are strangers',
      'server/contacts/merge.ts',
      "import { postMessage } from '../conversations/messages.ts';\npostMessage;",
    ],
    [
      'an upward import of types only',
      'imports go down, and rooms on one line are strangers',
      'server/transport/wire.ts',
      "import type { App } from '../app.ts';\nexport type Wire = App;",
    ],
    [
      'an upward import in the middle of a function',
      'imports go down, and rooms on one line are strangers',
      'server/storage/pool.ts',
      "export const load = () => import('../server.ts');",
    ],
    [
      'an upward import inside a type',
      'imports go down, and rooms on one line are strangers',
      'server/storage/pool.ts',
      "export type Server = typeof import('../server.ts');",
    ],
    [
      'a worker of a higher room',
      'imports go down, and rooms on one line are strangers',
      'server/storage/pool.ts',
      "export const at = new URL('../conversations/messages.ts', import.meta.url);",
    ],
    [
      'contacts that import agents on the same line',
      'imports go down, and rooms on one line are strangers',
      'server/contacts/owner.ts',
      "import { listAgents } from '../agents/agents.ts';\nlistAgents;",
    ],
    [
      'the console that imports the server',
      'imports go down, and rooms on one line are strangers',
      'console/ui/avatar.tsx',
      "import { listAgents } from '../../server/agents/agents.ts';\nlistAgents;",
    ],
    [
      'the widget that imports the console',
      'imports go down, and rooms on one line are strangers',
      'widget/avatar.tsx',
      "import { Button } from '../console/ui/button.tsx';\nButton;",
    ],
    [
      'shared that imports the server',
      'imports go down, and rooms on one line are strangers',
      'shared/agent.ts',
      "import type { App } from '../server/app.ts';\nexport type A = App;",
    ],
    [
      "the console's ui that imports a room",
      'imports go down, and rooms on one line are strangers',
      'console/ui/list.tsx',
      "import { MessageList } from '../conversations/message-list.tsx';\nMessageList;",
    ],
    [
      "another room's store",
      "a room's store and wires are its own",
      'server/conversations/unread.ts',
      "import { getContact } from '../contacts/contact-store.ts';\ngetContact;",
    ],
    [
      "another room's wires",
      "a room's store and wires are its own",
      'server/tasks/tasks.ts',
      "import { bind } from '../conversations/message-api.ts';\nbind;",
    ],
    [
      "the main file that binds a room's wires itself",
      "a room's store and wires are its own",
      'server/dev.ts',
      "import { bind } from './conversations/message-api.ts';\nbind();",
    ],
    [
      'a store that imports the rules',
      'inside a room wires know rules and rules know the store',
      'server/conversations/message-store.ts',
      "import { postMessage } from './messages.ts';\npostMessage;",
    ],
    [
      'rules that import the wires',
      'inside a room wires know rules and rules know the store',
      'server/conversations/typing.ts',
      "import { bind } from './message-api.ts';\nbind;",
    ],
    [
      'rules that import Express',
      'each package is known only where it belongs',
      'server/contacts/export.ts',
      "import type { Request } from 'express';\nexport type R = Request;",
    ],
    [
      'rules that import Socket.IO',
      'each package is known only where it belongs',
      'server/contacts/export.ts',
      "import type { Server } from 'socket.io';\nexport type S = Server;",
    ],
    [
      'rules that import the query builder',
      'each package is known only where it belongs',
      'server/contacts/export.ts',
      "import { sql } from 'kysely';\nsql;",
    ],
    [
      'wires that import the query builder',
      'each package is known only where it belongs',
      'server/contacts/contact-api.ts',
      "import { sql } from 'kysely';\nsql;",
    ],
    [
      'a store that opens its own database',
      'each package is known only where it belongs',
      'server/contacts/visitor-store.ts',
      "import { Pool } from 'pg';\nPool;",
    ],
    [
      'a component that opens a socket',
      'each package is known only where it belongs',
      'widget/composer.tsx',
      "import { io } from 'socket.io-client';\nio();",
    ],
    ['shared that imports a package', 'shared is pure', 'shared/id.ts', "import { nanoid } from 'nanoid';\nnanoid;"],
    ['shared that imports Node', 'shared is pure', 'shared/id.ts', "import { randomBytes } from 'node:crypto';\nrandomBytes;"],
    [
      'a widget that loads zod through shared',
      "the visitor's browser loads no zod",
      'widget/form.ts',
      "import { messageSchema } from '../shared/message.ts';\nmessageSchema;",
    ],
    [
      'a ring of two files',
      'no ring of files',
      'shared/message.ts',
      "import { sort } from './transcript.ts';\nexport type Message = string;\nsort;",
    ],
    ['a file that imports itself', 'no ring of files', 'shared/id.ts', "import { id } from './id.ts';\nexport const twin = id;"],
    ['a room without a storey', 'every room has a storey', 'server/billing/bills.ts', 'export const bill = 1;'],
    ['a loose file without a storey', 'every room has a storey', 'console/theme.ts', 'export const theme = 1;'],
    ['a folder inside a room', 'building, room and file are the whole depth', 'server/contacts/rules/merge.ts', 'export const merge = 1;'],
    ['an index.ts', 'a file is named after its one thing, and unlike any other', 'shared/index.ts', 'export const all = 1;'],
    [
      'a name that says nothing',
      'a file is named after its one thing, and unlike any other',
      'server/contacts/contact-helper.ts',
      'export const help = 1;',
    ],
    ['a namesake', 'a file is named after its one thing, and unlike any other', 'server/transport/message.ts', 'export const message = 1;'],
    ['a default export', 'no default exports', 'shared/id.ts', 'export default 1;'],
    ['a default export by another name', 'no default exports', 'shared/id.ts', 'const id = 1;\nexport { id as default };'],
    ['a re-export', 'no re-exports', 'shared/id.ts', "export { sort } from './transcript.ts';"],
    ['a re-export of everything', 'no re-exports', 'shared/id.ts', "export * from './transcript.ts';"],
    ['a re-export in two steps', 'no re-exports', 'shared/id.ts', "import { sort } from './transcript.ts';\nexport { sort };"],
  ];

  it.each(plants)('of %s', (_, rule, file, text) => {
    const faults = faultsWith({ [file]: text });
    expect(faults.map((fault) => fault.rule)).toContain(rule);
    expect(
      faults
        .filter((fault) => fault.rule === rule)
        .map((fault) => fault.file + fault.sentence)
        .join('\n'),
    ).toContain(file);
  });

  it('of each rule at least once', () => {
    expect(new Set(plants.map(([, rule]) => rule))).toEqual(new Set(Object.keys(houseRules)));
  });
});

describe('shared/', () => {
  it.each([
    ['the browser', 'export const place = window.location.href;', "Cannot find name 'window'"],
    ['Node', 'export const folder = process.cwd();', "Cannot find name 'process'"],
  ])('does not compile with a word of %s', (_, text, complaint) => {
    const folder = mkdtempSync(join(tmpdir(), 'kesher-shared-'));
    try {
      mkdirSync(join(folder, 'shared'));
      cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
      cpSync(join(root, 'shared/tsconfig.json'), join(folder, 'shared/tsconfig.json'));
      writeFileSync(join(folder, 'shared/place.ts'), text);
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(folder, 'shared')], { encoding: 'utf8' });
      expect(stdout).toContain(complaint);
      expect(status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
