/** The first message while the inbox still asks who is writing, with what was filled in so far. Kept as a draft is. */
export interface HeldMessage {
  /** Absent while nothing waits: what was filled in is kept for the next time. */
  text?: string | undefined;
  questionId?: string | undefined;
  invitationId?: string;
  /** What stands in the form, by the name of its field. */
  values?: Record<string, string>;
  /** What has been asked before: nobody is asked twice for what may be left out. */
  asked?: string[] | undefined;
  /** On its way behind the details; it comes back if they are refused. */
  isSent?: boolean;
}
