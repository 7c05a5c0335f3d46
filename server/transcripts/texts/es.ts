import type { TranscriptTexts } from './transcript-texts.ts';

export const es: TranscriptTexts = {
  subject: 'Su conversación con {business}',
  intro: 'Esto es lo que se dijo en su conversación con {business}.',
  you: 'Usted',
  times: 'Zona horaria: {zone}.',
  shortened: 'La conversación es muy larga: este es el final.',
  sentBecause: 'Recibe este correo porque alguien pidió en el chat de {business} que la conversación se enviara a esta dirección.',
};
