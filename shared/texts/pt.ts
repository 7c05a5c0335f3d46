import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const pt: Texts = {
  openChat: 'Abrir o chat',
  closeChat: 'Fechar o chat',
  unreadBadge: { one: '{count} mensagem nova', many: '{count} de mensagens novas', other: '{count} mensagens novas' },
  talkingWith: 'Conversa com {name}',
  willAnswer: '{name} vai responder aqui',
  staffed: 'Estamos aqui',
  unstaffed: 'Ninguém online neste momento',
  opensAt: 'Voltamos: {when}',
  closed: 'Fechado neste momento',
  answersIn: {
    one: 'Resposta em geral em {count} minuto',
    many: 'Resposta em geral em {count} de minutos',
    other: 'Resposta em geral em {count} minutos',
  },
  back: 'Voltar',
  yourDetails: 'Os seus dados',
  detailsKnown: 'Os seus dados: {name}',

  welcome: 'Olá! Como podemos ajudar?',
  welcomeStaffed: 'Escreva aqui. A resposta chega nesta mesma janela.',
  welcomeUnstaffed: 'Deixe uma mensagem. A resposta vai estar aqui à sua espera.',
  welcomeClosed: 'Voltamos: {when}. Deixe uma mensagem, e a resposta vai estar aqui à sua espera.',

  compose: 'Mensagem…',
  send: 'Enviar',
  charactersLeft: { one: 'Resta {count} caractere', many: 'Restam {count} de caracteres', other: 'Restam {count} caracteres' },
  charactersOver: { one: '{count} caractere a mais', many: '{count} de caracteres a mais', other: '{count} caracteres a mais' },
  notKept: 'Este navegador não tem espaço para guardar a mensagem. Ela continua aqui; tente novamente.',

  messages: 'Mensagens',
  you: 'A sua mensagem',
  saidBy: '{name}:',
  sending: 'Em envio',
  sent: 'Enviada',
  read: 'Lida',
  notSent: 'Não enviada',
  tryAgain: 'Tentar novamente',
  discard: 'Apagar',
  typing: '{name} escreve…',
  loadingEarlier: 'Mensagens anteriores a caminho',
  toNewest: 'Ir para a última mensagem',
  newMessages: { one: '{count} mensagem nova', many: '{count} de mensagens novas', other: '{count} mensagens novas' },

  connecting: 'Conexão em curso… O que escrever fica guardado.',
  reconnecting: 'Nova tentativa de conexão… O que escrever fica guardado.',
  offline: 'Sem conexão à internet. O que escrever fica guardado e será enviado depois.',
  refused: 'O chat não está disponível nesta página.',

  askReach: 'A resposta pode demorar. Por onde podemos responder?',
  leaveReach: 'Deixar telefone ou e-mail',
  noThanks: 'Agora não',
  detailsRefused: 'Não foi possível guardar os seus dados. Verifique-os e tente novamente.',
  detailsSaved: 'Guardado. Agradecemos!',
  detailsWaiting: 'Será guardado assim que a conexão voltar.',

  endedWrite: 'Escreva para reabrir a conversa.',

  more: 'Mais',
  joinedNotice: '{name} entrou na conversa',
  leftNotice: '{name} saiu da conversa',
  transferredNotice: '{name} continua a conversa',
  endedNotice: 'A conversa terminou',
  reopenedNotice: 'A conversa foi reaberta',
  callbackNotice: 'Pediu uma chamada assim que possível',
  callbackAtNotice: 'Pediu uma chamada: {when}',
};

export const spoken: LanguageTexts = { texts: pt, loadExtras: async () => (await import('./pt-extras.ts')).ptExtras };
