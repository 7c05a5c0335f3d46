import type { TranscriptTexts } from './transcript-texts.ts';

export const ru: TranscriptTexts = {
  subject: 'Ваш разговор: {business}',
  intro: 'Здесь всё, что было сказано в вашем разговоре. Собеседник: {business}.',
  you: 'Вы',
  times: 'Время указано по часовому поясу: {zone}.',
  shortened: 'Разговор очень длинный, поэтому здесь только его конец.',
  sentBecause: 'Вы получили это письмо, потому что кто-то попросил в чате на сайте ({business}) отправить разговор на этот адрес.',
};
