import type { Language } from '../../../shared/language.ts';
import type { TicketStatus } from '../../../shared/ticket-moves.ts';

/** What a customer is told in its chat: which ticket, and how it stands. */
export type TicketTexts = Record<TicketStatus, string> & { title: string };

export const ticketTexts: Record<Language, TicketTexts> = {
  he: {
    title: 'פנייה מס׳ {number} ({subject})',
    new: 'התקבלה',
    open: 'בטיפול',
    'waiting-for-customer': 'אנחנו מחכים לתשובה מכם',
    'on-hold': 'בהמתנה',
    solved: 'נפתרה',
    closed: 'נסגרה',
  },
  en: {
    title: 'Request no. {number} ({subject})',
    new: 'received',
    open: 'being worked on',
    'waiting-for-customer': 'we are waiting for your answer',
    'on-hold': 'on hold',
    solved: 'solved',
    closed: 'closed',
  },
  ar: {
    title: 'الطلب رقم {number} ({subject})',
    new: 'تم استلامه',
    open: 'قيد المعالجة',
    'waiting-for-customer': 'نحن بانتظار ردكم',
    'on-hold': 'معلّق',
    solved: 'تم حلّه',
    closed: 'أُغلق',
  },
  ru: {
    title: 'Обращение № {number} ({subject})',
    new: 'получено',
    open: 'в работе',
    'waiting-for-customer': 'ждём вашего ответа',
    'on-hold': 'приостановлено',
    solved: 'решено',
    closed: 'закрыто',
  },
  fr: {
    title: 'Demande n° {number} ({subject})',
    new: 'reçue',
    open: 'en cours de traitement',
    'waiting-for-customer': 'nous attendons votre réponse',
    'on-hold': 'en attente',
    solved: 'résolue',
    closed: 'clôturée',
  },
  es: {
    title: 'Solicitud n.º {number} ({subject})',
    new: 'recibida',
    open: 'en curso',
    'waiting-for-customer': 'esperamos tu respuesta',
    'on-hold': 'en espera',
    solved: 'resuelta',
    closed: 'cerrada',
  },
  de: {
    title: 'Anfrage Nr. {number} ({subject})',
    new: 'eingegangen',
    open: 'in Bearbeitung',
    'waiting-for-customer': 'wir warten auf Ihre Antwort',
    'on-hold': 'zurückgestellt',
    solved: 'gelöst',
    closed: 'geschlossen',
  },
  pt: {
    title: 'Pedido n.º {number} ({subject})',
    new: 'recebido',
    open: 'em andamento',
    'waiting-for-customer': 'aguardamos a sua resposta',
    'on-hold': 'em espera',
    solved: 'resolvido',
    closed: 'encerrado',
  },
};
