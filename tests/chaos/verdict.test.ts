import { expect, test } from 'vitest';
import type { Message } from '../../shared/message.ts';
import { Ledger, type ViolationKind } from './ledger.ts';
import type { Screen } from './person.ts';
import type { StoredMessage } from './stored-messages.ts';
import { judge } from './verdict.ts';

/** A short chat that went well: a question, a note about it, an answer. */
function chat() {
  const ledger = new Ledger();
  const stored: StoredMessage[] = [
    row(1, 'Visitor 1 #1: is it in stock?', 'visitor', 'public'),
    row(2, 'Agent 1 #1: she is a regular', 'agent', 'internal'),
    row(3, 'Agent 1 #2: it is', 'agent', 'public'),
  ];
  ledger.type('Visitor 1', 1, 'Visitor 1 #1: is it in stock?', 'public');
  ledger.type('Agent 1', 1, 'Agent 1 #1: she is a regular', 'internal');
  ledger.type('Agent 1', 2, 'Agent 1 #2: it is', 'public');
  const screens: Screen[] = [
    { where: 'Visitor 1', owner: 'Visitor 1', isVisitor: true, conversationId: 'c', messages: [shown(stored, 0), shown(stored, 2)] },
    { where: 'Agent 1', owner: 'Agent 1', isVisitor: false, conversationId: 'c', messages: [0, 1, 2].map((index) => shown(stored, index)) },
  ];
  for (const { where, messages } of screens) ledger.watchScreen(where)(messages);
  return { ledger, stored, screens };
}

type Chat = ReturnType<typeof chat>;

const faults: [ViolationKind, string, (chat: Chat) => void][] = [
  ['lost', 'a message that is nowhere', ({ ledger }) => ledger.type('Visitor 1', 2, 'Visitor 1 #2: hello?', 'public')],
  ['doubled', 'a message that is stored twice', ({ stored }) => stored.push({ ...(stored[2] as StoredMessage), id: 'm4', seq: 4 })],
  ['doubled', 'a message that nobody wrote', ({ stored }) => stored.push(row(4, 'Agent 2 #1: who am I?', 'agent', 'public'))],
  ['doubled', 'a message that was taken back', ({ ledger }) => ledger.withdraw('Agent 1 #2: it is')],
  ['phantom', 'a message that was shown as sent and is not stored', ({ stored }) => stored.pop()],
  ['phantom', 'an ok for a message that is not stored', ({ ledger }) => ledger.hearServer(okFor('never-stored-message1', 4))],
  [
    'moved',
    'a message that was shown in another place',
    ({ ledger }) => ledger.watchScreen('Agent 2')([{ ...shown([row(4, 'x', 'agent', 'public')], 0), id: 'm3' }]),
  ],
  ['gap', 'a number that nobody has', ({ stored }) => stored.splice(2, 1, { ...(stored[2] as StoredMessage), seq: 4 })],
  [
    'out of order',
    'words of one person in another order',
    ({ ledger }) => ledger.type('Agent 1', 3, 'Agent 1 #1: she is a regular', 'internal'),
  ],
  ['unequal', 'a screen on which something is missing', ({ screens }) => screens.splice(1, 1, { ...(screens[1] as Screen), messages: [] })],
  [
    'unequal',
    'an agent who does not have the conversation',
    ({ screens }) => screens.splice(1, 1, { ...(screens[1] as Screen), conversationId: 'd', messages: [] }),
  ],
  [
    'unequal',
    'a visitor who has lost the conversation',
    ({ screens }) => screens.splice(0, 1, { ...(screens[0] as Screen), conversationId: '', messages: [] }),
  ],
  [
    'leaked',
    'a note that the visitor sees',
    ({ stored, screens }) => screens.splice(0, 1, { ...(screens[0] as Screen), messages: [shown(stored, 1)] }),
  ],
  [
    'vanished',
    'a message that a screen shows no longer',
    ({ ledger, screens }) => {
      const look = ledger.watchScreen('Agent 1');
      look(screens[1]?.messages ?? []);
      look([]);
    },
  ],
];

test('nothing is wrong with a chat in which everything went well', () => {
  const { ledger, stored, screens } = chat();
  judge(ledger, stored, screens);
  expect(ledger.verdict).toEqual([]);
});

test.each(faults)('the judge says “%s” of %s', (kind, _, spoil) => {
  const spoilt = chat();
  spoil(spoilt);
  judge(spoilt.ledger, spoilt.stored, spoilt.screens);
  expect(spoilt.ledger.violations.map((violation) => violation.kind)).toContain(kind);
});

function row(seq: number, text: string, authorKind: string, visibility: string): StoredMessage {
  return { id: `m${seq}`, conversationId: 'c', seq, authorKind, authorId: authorKind, visibility, text };
}

function shown(stored: readonly StoredMessage[], index: number): Message {
  const { authorKind, authorId, ...message } = stored[index] as StoredMessage;
  return { ...message, author: { kind: 'agent', id: authorId ?? '' }, attachments: [], createdAt: 0 } as Message;
}

function okFor(id: string, seq: number): string {
  return `43/agent,1[{"ok":true,"data":{"message":{"id":"${id}","conversationId":"${'c'.repeat(21)}","seq":${seq}`;
}
