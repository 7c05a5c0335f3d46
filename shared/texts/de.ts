import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const de: Texts = {
  openChat: 'Chat öffnen',
  closeChat: 'Chat schließen',
  unreadBadge: { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },
  talkingWith: 'Gespräch mit {name}',
  willAnswer: '{name} antwortet Ihnen hier',
  staffed: 'Wir sind für Sie da',
  unstaffed: 'Gerade ist niemand online',
  opensAt: 'Wieder da: {when}',
  closed: 'Gerade geschlossen',
  answersIn: { one: 'Antwort meist innerhalb einer Minute', other: 'Antwort meist in etwa {count} Minuten' },
  back: 'Zurück',
  yourDetails: 'Ihre Angaben',
  detailsKnown: 'Ihre Angaben: {name}',

  welcome: 'Hallo! Wie können wir helfen?',
  welcomeStaffed: 'Schreiben Sie uns hier. Die Antwort kommt direkt in dieses Fenster.',
  welcomeUnstaffed: 'Hinterlassen Sie uns eine Nachricht. Die Antwort wartet hier auf Sie.',
  welcomeClosed: 'Wir sind wieder da: {when}. Hinterlassen Sie uns eine Nachricht, die Antwort wartet hier auf Sie.',

  compose: 'Ihre Nachricht …',
  send: 'Senden',
  charactersLeft: { one: 'Noch {count} Zeichen', other: 'Noch {count} Zeichen' },
  charactersOver: { one: '{count} Zeichen zu viel', other: '{count} Zeichen zu viel' },
  notKept: 'Dieser Browser hat keinen Platz, um Ihre Nachricht aufzubewahren. Sie bleibt hier stehen; bitte versuchen Sie es noch einmal.',

  messages: 'Nachrichten',
  you: 'Sie',
  saidBy: '{name}:',
  sending: 'Wird gesendet',
  sent: 'Gesendet',
  read: 'Gelesen',
  notSent: 'Nicht gesendet',
  tryAgain: 'Noch einmal',
  discard: 'Löschen',
  typing: '{name} schreibt …',
  loadingEarlier: 'Frühere Nachrichten werden geladen',
  toNewest: 'Zur neuesten Nachricht',
  newMessages: { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },

  connecting: 'Verbindung wird aufgebaut … Was Sie schreiben, bleibt erhalten.',
  reconnecting: 'Verbindung wird wiederhergestellt … Was Sie schreiben, bleibt erhalten.',
  offline: 'Keine Internetverbindung. Was Sie schreiben, bleibt erhalten und wird später gesendet.',
  refused: 'Auf dieser Seite ist der Chat nicht verfügbar.',

  askReach: 'Die Antwort kann etwas dauern. Wie erreichen wir Sie?',
  leaveReach: 'Telefon oder E-Mail angeben',
  noThanks: 'Nein, danke',
  detailsRefused: 'Ihre Angaben konnten nicht gespeichert werden. Bitte prüfen Sie sie und versuchen Sie es noch einmal.',
  detailsSaved: 'Gespeichert. Vielen Dank!',
  detailsWaiting: 'Wird gespeichert, sobald die Verbindung wieder steht.',

  endedWrite: 'Schreiben Sie, um das Gespräch wieder zu öffnen.',

  more: 'Mehr',
  joinedNotice: '{name} ist jetzt dabei',
  leftNotice: '{name} hat das Gespräch verlassen',
  transferredNotice: '{name} übernimmt',
  endedNotice: 'Das Gespräch ist beendet',
  reopenedNotice: 'Das Gespräch ist wieder offen',
  callbackNotice: 'Sie haben um einen baldigen Anruf gebeten',
  callbackAtNotice: 'Sie haben um einen Anruf gebeten: {when}',
};

export const spoken: LanguageTexts = { texts: de, loadExtras: async () => (await import('./de-extras.ts')).deExtras };
