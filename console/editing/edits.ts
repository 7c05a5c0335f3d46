/** What every form that saves by a bar at its foot knows of itself. */
import type { ReadonlySignal } from '@preact/signals';
import type { ErrorReply } from '../../shared/errors.ts';

export interface Edits<Subject extends string = string> {
  /** What a save would send; empty if there is nothing to save. */
  changed: ReadonlySignal<readonly Subject[]>;
  /** What somebody else has changed meanwhile and we, too; it waits for a decision. */
  clashes: ReadonlySignal<readonly Subject[]>;
  refusal: ReadonlySignal<ErrorReply | null>;
  isSaving: ReadonlySignal<boolean>;
  /** Returns the way back. */
  discard: () => () => void;
  takeTheirs: () => void;
  keepMine: () => Promise<void>;
}
