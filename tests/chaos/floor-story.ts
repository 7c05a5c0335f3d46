/** What the transcripts tell of who had what: read line by line, so that every hand-over is looked at, however short it was. */
import type { Notice } from '../../shared/message.ts';

interface Line {
  conversationId: string;
  authorKind: string;
  authorName: string | null;
  notice: string | null;
}

interface FloorStory {
  faults: string[];
  given: Map<string, number>;
  picked: number;
  rerouted: number;
  returned: number;
  givenBack: number;
}

/** `mayHave`: whether an agent of this name may be given the conversation at all. */
export function readStory(lines: readonly Line[], mayHave: (name: string, conversationId: string) => boolean): FloorStory {
  const story: FloorStory = { faults: [], given: new Map(), picked: 0, rerouted: 0, returned: 0, givenBack: 0 };
  const conversations = new Map<string, Line[]>();
  for (const line of lines) conversations.set(line.conversationId, [...(conversations.get(line.conversationId) ?? []), line]);
  for (const [id, some] of conversations) readConversation(story, some, (name) => mayHave(name, id));
  return story;
}

function readConversation(story: FloorStory, lines: readonly Line[], mayHave: (name: string) => boolean): void {
  let owner: string | null = null;
  let refused = new Set<string>();
  let isByHouse = false;
  for (const line of lines) {
    const fault = (what: string) => story.faults.push(`${line.conversationId}: ${what}`);
    if (line.authorKind === 'agent') {
      owner ??= line.authorName;
      refused = new Set();
    }
    if (line.notice === null) continue;
    const notice: Notice = JSON.parse(line.notice);
    if (notice.kind === 'ended') {
      owner = null;
      refused = new Set();
    } else if (notice.kind === 'left' && !isByHouse) {
      story.givenBack += 1;
      if (notice.name !== undefined) refused.add(notice.name);
      owner = null;
    } else if (notice.kind === 'routed') {
      const { to = null, reasons = [] } = notice;
      const isLostBy = (name: string) =>
        reasons.some((reason) => (reason.code === 'no-answer' || reason.code === 'agent-gone') && reason.name === name);
      if (owner !== null && !isLostBy(owner)) fault(`${owner} has it, and it goes to ${to ?? 'the queue'}`);
      if (owner !== null && owner === to) fault(`${to} is given what it has`);
      const last = reasons.at(-1);
      const isPicked = last?.code === 'picked';
      for (const reason of reasons) if (reason.code === 'no-answer') refused.add(reason.name);
      if (to !== null && !isPicked && refused.has(to)) fault(`it comes back to ${to}`);
      if (to !== null && !isPicked && !mayHave(to)) fault(`${to} is not of the team`);
      for (const reason of reasons) if (reason.code === 'load' && reason.load + 1 > reason.capacity) fault(`${reason.name} was full`);
      if (owner !== null) {
        if (reasons.some((reason) => reason.code === 'no-answer' && reason.name === owner)) story.rerouted += 1;
        else story.returned += 1;
      }
      if (isPicked) story.picked += 1;
      if (to !== null) story.given.set(to, (story.given.get(to) ?? 0) + 1);
      owner = to;
    }
    // The line that visitors read of it comes right after the one that agents read.
    isByHouse = notice.kind === 'routed';
  }
}
