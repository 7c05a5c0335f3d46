import type { TranscriptTexts } from './transcript-texts.ts';

export const fr: TranscriptTexts = {
  subject: 'Votre conversation avec {business}',
  intro: 'Voici ce qui a été dit dans votre conversation avec {business}.',
  you: 'Vous',
  times: 'Fuseau horaire : {zone}.',
  shortened: 'La conversation est très longue : en voici la fin.',
  sentBecause:
    'Vous recevez cet e-mail parce que quelqu’un a demandé, dans le chat de {business}, l’envoi de la conversation à cette adresse.',
};
