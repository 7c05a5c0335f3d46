import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const fr: Texts = {
  openChat: 'Ouvrir le chat',
  closeChat: 'Fermer le chat',
  unreadBadge: { one: '{count} nouveau message', many: '{count} de nouveaux messages', other: '{count} nouveaux messages' },
  talkingWith: 'Avec {name}',
  willAnswer: '{name} vous répondra ici',
  staffed: 'Nous sommes là',
  unstaffed: 'Personne n’est en ligne',
  opensAt: 'De retour : {when}',
  closed: 'Fermé pour le moment',
  answersIn: {
    one: 'Réponse en général sous {count} minute',
    many: 'Réponse en général sous {count} de minutes',
    other: 'Réponse en général sous {count} minutes',
  },
  back: 'Retour',
  yourDetails: 'Vos coordonnées',
  detailsKnown: 'Vos coordonnées : {name}',

  welcome: 'Bonjour ! Comment pouvons-nous vous aider ?',
  welcomeStaffed: 'Écrivez-nous ici : la réponse arrive directement dans cette fenêtre.',
  welcomeUnstaffed: 'Laissez-nous un message : la réponse vous attendra ici.',
  welcomeClosed: 'De retour : {when}. Laissez-nous un message, la réponse vous attendra ici.',

  compose: 'Votre message…',
  send: 'Envoyer',
  charactersLeft: {
    one: '{count} caractère restant',
    many: '{count} de caractères restants',
    other: '{count} caractères restants',
  },
  charactersOver: { one: '{count} caractère en trop', many: '{count} de caractères en trop', other: '{count} caractères en trop' },
  notKept: 'Ce navigateur n’a plus de place pour conserver votre message. Il reste ici ; vous pouvez réessayer.',

  messages: 'Messages',
  you: 'Vous',
  saidBy: '{name} :',
  sending: 'Envoi en cours',
  sent: 'Envoyé',
  read: 'Lu',
  notSent: 'Non envoyé',
  tryAgain: 'Réessayer',
  discard: 'Supprimer',
  typing: '{name} écrit…',
  loadingEarlier: 'Chargement des messages précédents',
  toNewest: 'Aller au dernier message',
  newMessages: { one: '{count} nouveau message', many: '{count} de nouveaux messages', other: '{count} nouveaux messages' },

  connecting: 'Connexion… Ce que vous écrivez est conservé.',
  reconnecting: 'Reconnexion… Ce que vous écrivez est conservé.',
  offline: 'Pas de connexion Internet. Ce que vous écrivez est conservé et sera envoyé plus tard.',
  refused: 'Le chat n’est pas disponible sur cette page.',

  askReach: 'La réponse peut prendre un moment. Comment vous joindre ?',
  leaveReach: 'Laisser un téléphone ou un e-mail',
  noThanks: 'Non, merci',
  detailsRefused: 'Vos coordonnées n’ont pas pu être enregistrées. Vérifiez-les, puis réessayez.',
  detailsSaved: 'C’est enregistré. Merci !',
  detailsWaiting: 'Ce sera enregistré dès le retour de la connexion.',

  endedWrite: 'Écrivez pour rouvrir la conversation.',

  more: 'Plus',
  joinedNotice: '{name} a rejoint la conversation',
  leftNotice: '{name} a quitté la conversation',
  transferredNotice: '{name} prend le relais',
  endedNotice: 'La conversation est terminée',
  reopenedNotice: 'La conversation est de nouveau ouverte',
  callbackNotice: 'Vous avez demandé un appel dès que possible',
  callbackAtNotice: 'Vous avez demandé un appel : {when}',
};

export const spoken: LanguageTexts = { texts: fr, loadExtras: async () => (await import('./fr-extras.ts')).frExtras };
