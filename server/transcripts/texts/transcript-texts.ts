/** The sentences of the e-mail around a conversation. */
export interface TranscriptTexts {
  subject: string;
  intro: string;
  /** Above what the visitor wrote without having told a name. */
  you: string;
  times: string;
  shortened: string;
  sentBecause: string;
}
