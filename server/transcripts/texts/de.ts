import type { TranscriptTexts } from './transcript-texts.ts';

export const de: TranscriptTexts = {
  subject: 'Ihr Gespräch mit {business}',
  intro: 'Das wurde in Ihrem Gespräch mit {business} gesagt.',
  you: 'Sie',
  times: 'Zeitzone: {zone}.',
  shortened: 'Das Gespräch ist sehr lang; hier steht sein Ende.',
  sentBecause: 'Sie erhalten diese E-Mail, weil jemand im Chat von {business} darum gebeten hat, das Gespräch an diese Adresse zu senden.',
};
