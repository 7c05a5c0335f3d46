import type { TranscriptTexts } from './transcript-texts.ts';

export const pt: TranscriptTexts = {
  subject: 'A sua conversa com {business}',
  intro: 'Isto é o que foi dito na sua conversa com {business}.',
  you: 'A sua mensagem',
  times: 'Fuso horário: {zone}.',
  shortened: 'A conversa é muito longa: aqui está o final.',
  sentBecause: 'Este e-mail foi enviado porque alguém pediu, no chat de {business}, que a conversa fosse enviada para este endereço.',
};
