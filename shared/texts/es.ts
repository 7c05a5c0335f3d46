import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const es: Texts = {
  openChat: 'Abrir el chat',
  closeChat: 'Cerrar el chat',
  unreadBadge: { one: '{count} mensaje nuevo', many: '{count} de mensajes nuevos', other: '{count} mensajes nuevos' },
  talkingWith: 'Con {name}',
  willAnswer: '{name} responderá aquí',
  staffed: 'Estamos aquí',
  unstaffed: 'Ahora no hay nadie en línea',
  opensAt: 'Volvemos: {when}',
  closed: 'Cerrado por ahora',
  answersIn: {
    one: 'Solemos responder en un minuto',
    many: 'Solemos responder en unos {count} de minutos',
    other: 'Solemos responder en unos {count} minutos',
  },
  back: 'Volver',
  yourDetails: 'Sus datos',
  detailsKnown: 'Sus datos: {name}',

  welcome: '¡Hola! ¿Cómo podemos ayudar?',
  welcomeStaffed: 'Escriba aquí y la respuesta llegará a esta misma ventana.',
  welcomeUnstaffed: 'Deje un mensaje y encontrará aquí la respuesta a su regreso.',
  welcomeClosed: 'Volvemos: {when}. Deje un mensaje y encontrará aquí la respuesta.',

  compose: 'Su mensaje…',
  send: 'Enviar',
  charactersLeft: { one: 'Queda {count} carácter', many: 'Quedan {count} de caracteres', other: 'Quedan {count} caracteres' },
  charactersOver: { one: 'Sobra {count} carácter', many: 'Sobran {count} de caracteres', other: 'Sobran {count} caracteres' },
  notKept: 'Este navegador no tiene espacio para guardar el mensaje. Sigue aquí; puede intentarlo de nuevo.',

  messages: 'Mensajes',
  you: 'Usted',
  saidBy: '{name}:',
  sending: 'Enviando',
  sent: 'Enviado',
  read: 'Leído',
  notSent: 'No enviado',
  tryAgain: 'Reintentar',
  discard: 'Eliminar',
  typing: '{name} está escribiendo…',
  loadingEarlier: 'Cargando mensajes anteriores',
  toNewest: 'Ir al último mensaje',
  newMessages: { one: '{count} mensaje nuevo', many: '{count} de mensajes nuevos', other: '{count} mensajes nuevos' },

  connecting: 'Conectando… Lo que escriba se guarda.',
  reconnecting: 'Volviendo a conectar… Lo que escriba se guarda.',
  offline: 'Sin conexión a internet. Lo que escriba se guarda y se enviará después.',
  refused: 'El chat no está disponible en esta página.',

  askReach: 'La respuesta puede tardar. ¿Cómo podemos contactarle?',
  leaveReach: 'Dejar teléfono o correo',
  noThanks: 'No, gracias',
  detailsRefused: 'No se pudieron guardar sus datos. Revíselos e inténtelo de nuevo.',
  detailsSaved: 'Guardado. ¡Gracias!',
  detailsWaiting: 'Se guardará en cuanto vuelva la conexión.',

  endedWrite: 'Escriba para reabrir la conversación.',

  more: 'Más',
  joinedNotice: '{name} se ha unido',
  leftNotice: '{name} ha salido',
  transferredNotice: '{name} continúa la conversación',
  endedNotice: 'La conversación ha terminado',
  reopenedNotice: 'La conversación está abierta de nuevo',
  callbackNotice: 'Ha pedido una llamada lo antes posible',
  callbackAtNotice: 'Ha pedido una llamada: {when}',
};

export const spoken: LanguageTexts = { texts: es, loadExtras: async () => (await import('./es-extras.ts')).esExtras };
