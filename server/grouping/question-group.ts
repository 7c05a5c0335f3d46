/** What goes into a grouping of questions, and what comes out. */

export interface AskedQuestion {
  id: string;
  text: string;
}

/** A group of the run before. */
export interface KnownGroup {
  id: string;
  /** Questions that were in it. Those that are not asked in this run are nobody's concern. */
  members: readonly string[];
  /** Some of its texts, for when all its members are too old to be asked. */
  examples: readonly string[];
  /**
   * People have named, merged, split, ignored or answered it. Its members stay, it never becomes part of another group, and only new
   * questions join; of any other group only the id is kept, where most of it is found again.
   */
  isHeld: boolean;
  /** The answer that belongs to it. */
  answerId?: string;
}

/** An automatic answer in all the ways in which it is known to be asked. */
export interface AnswerWords {
  answerId: string;
  phrases: readonly string[];
}

export interface GroupingOrder {
  questions: readonly AskedQuestion[];
  known: readonly KnownGroup[];
  answers: readonly AnswerWords[];
}

/** In a group's place in `groupOf`: it asks nothing, or it is like no other. */
export const SMALL_TALK = -2;
export const ALONE = -1;

export interface FoundGroup {
  /** Of the known group that it continues; null for a new one. */
  id: string | null;
  /** Its most typical short question, as it was written. */
  name: string;
  size: number;
  /** The answer whose phrases are in it. */
  answerId: string | null;
  /** Numbers of questions, the most typical first, none nearly a copy of an earlier one. */
  typical: number[];
}

/** By the numbers of the questions: where each is, and how firmly (0 to 1). */
export interface Grouping {
  groups: FoundGroup[];
  groupOf: Int32Array;
  strength: Float32Array;
}
