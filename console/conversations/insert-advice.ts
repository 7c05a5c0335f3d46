/** A suggestion becomes part of what the agent is writing. Nothing that stands there is lost, and nothing is sent. */
import type { AdviceSuggestion } from '../../shared/advice.ts';
import { fillText, gapsIn, type Surroundings } from '../../shared/canned-text.ts';
import type { AgentUploads } from '../messages/agent-uploads.ts';
import type { Draft } from '../messages/drafts.ts';

interface Inserted {
  draft: Draft;
  /** What is selected then: the first thing to be filled in, or the place behind the text. */
  selection: readonly [from: number, to: number];
}

/** At the caret, on lines of its own where something stands there already. */
export function insertAdvice(
  { text, ...draft }: Draft,
  caret: number,
  { suggestion, surroundings, uploads }: { suggestion: AdviceSuggestion; surroundings: Surroundings; uploads: AgentUploads },
): Inserted {
  const said = suggestion.kind === 'canned' ? fillText(suggestion.text, surroundings) : suggestion.text;
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const head = before.trim() === '' || before.endsWith('\n') ? before : `${before}\n`;
  const tail = after.trim() === '' || after.startsWith('\n') ? after : `\n${after}`;
  const from = head.length;
  const [gap] = gapsIn(said);
  const files = uploads.withCopies(draft.files ?? [], suggestion, suggestion.kind);
  return {
    draft: { ...draft, visibility: 'public', text: head + said + tail, ...(files.length > 0 && { files }) },
    selection: gap ? [from + gap.from, from + gap.to] : [from + said.length, from + said.length],
  };
}
