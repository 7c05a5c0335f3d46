import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const ru: Texts = {
  openChat: 'Открыть чат',
  closeChat: 'Закрыть чат',
  unreadBadge: {
    one: '{count} новое сообщение',
    few: '{count} новых сообщения',
    many: '{count} новых сообщений',
    other: '{count} нового сообщения',
  },
  talkingWith: 'С вами {name}',
  willAnswer: 'Здесь ответит {name}',
  staffed: 'Мы на связи',
  unstaffed: 'Сейчас никого нет на связи',
  opensAt: 'Вернёмся: {when}',
  closed: 'Сейчас закрыто',
  answersIn: {
    one: 'Обычно отвечаем за {count} минуту',
    few: 'Обычно отвечаем за {count} минуты',
    many: 'Обычно отвечаем за {count} минут',
    other: 'Обычно отвечаем за {count} минуты',
  },
  back: 'Назад',
  yourDetails: 'Ваши данные',
  detailsKnown: 'Ваши данные: {name}',

  welcome: 'Здравствуйте! Чем можем помочь?',
  welcomeStaffed: 'Напишите нам, и ответ придёт прямо сюда.',
  welcomeUnstaffed: 'Оставьте сообщение, и ответ будет ждать вас здесь.',
  welcomeClosed: 'Вернёмся: {when}. Оставьте сообщение, и ответ будет ждать вас здесь.',

  compose: 'Сообщение…',
  send: 'Отправить',
  charactersLeft: {
    one: 'Остался {count} символ',
    few: 'Осталось {count} символа',
    many: 'Осталось {count} символов',
    other: 'Осталось {count} символа',
  },
  charactersOver: {
    one: '{count} лишний символ',
    few: '{count} лишних символа',
    many: '{count} лишних символов',
    other: '{count} лишнего символа',
  },
  notKept: 'В браузере нет места для сообщения. Оно остаётся здесь, попробуйте ещё раз.',

  messages: 'Сообщения',
  you: 'Вы',
  saidBy: '{name}:',
  sending: 'Отправляется',
  sent: 'Отправлено',
  read: 'Прочитано',
  notSent: 'Не отправлено',
  tryAgain: 'Повторить',
  discard: 'Удалить',
  typing: '{name} печатает…',
  loadingEarlier: 'Загружаем сообщения',
  toNewest: 'К последнему сообщению',
  newMessages: {
    one: '{count} новое сообщение',
    few: '{count} новых сообщения',
    many: '{count} новых сообщений',
    other: '{count} нового сообщения',
  },

  connecting: 'Подключаемся… Всё, что вы пишете, сохраняется.',
  reconnecting: 'Подключаемся снова… Всё, что вы пишете, сохраняется.',
  offline: 'Нет подключения к интернету. Всё, что вы пишете, сохраняется.',
  refused: 'На этой странице чат недоступен.',

  askReach: 'Ответ может задержаться. Как с вами связаться?',
  leaveReach: 'Оставить телефон или эл. почту',
  noThanks: 'Нет, спасибо',
  detailsRefused: 'Не удалось сохранить данные. Проверьте их и попробуйте ещё раз.',
  detailsSaved: 'Сохранено. Спасибо!',
  detailsWaiting: 'Сохранится, когда появится связь.',

  endedWrite: 'Напишите, чтобы возобновить разговор.',

  more: 'Ещё',
  joinedNotice: '{name} теперь в чате',
  leftNotice: '{name} больше не в чате',
  transferredNotice: 'Теперь отвечает {name}',
  endedNotice: 'Разговор завершён',
  reopenedNotice: 'Разговор снова открыт',
  callbackNotice: 'Вы попросили перезвонить',
  callbackAtNotice: 'Вы заказали звонок: {when}',
};

export const spoken: LanguageTexts = { texts: ru, loadExtras: async () => (await import('./ru-extras.ts')).ruExtras };
