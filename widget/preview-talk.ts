import type { Language } from '../shared/language.ts';

/** What is said on the stage of the console's preview. */
export interface StageTalk {
  agent: string;
  colleague: string;
  /** In turn: the visitor, the agent. */
  lines: readonly [question: string, answer: string, thanks: string];
  /** What the visitor has written when the form asks who it is. */
  first: string;
}

const talks: Record<Language, StageTalk> = {
  he: {
    agent: 'דנה לוי',
    colleague: 'נועה כהן',
    lines: [
      'שלום, הזמנתי אתמול (הזמנה 10482). מתי זה יגיע?',
      'היי! ההזמנה יצאה הבוקר ותגיע מחר בין 10:00 ל־14:00. אפשר לעקוב כאן: https://shop.example/track/10482',
      'מעולה, תודה רבה!',
    ],
    first: 'שלום, יש לי שאלה על משלוח',
  },
  en: {
    agent: 'Dana Levi',
    colleague: 'Noa Cohen',
    lines: [
      'Hello, I ordered yesterday (order 10482). When will it arrive?',
      'Hi! Your order left this morning and arrives tomorrow between 10:00 and 14:00. You can follow it here: https://shop.example/track/10482',
      'Great, thank you!',
    ],
    first: 'Hello, I have a question about delivery',
  },
  ar: {
    agent: 'ليان خوري',
    colleague: 'نور حداد',
    lines: [
      'مرحبًا، طلبت أمس (الطلب 10482). متى سيصل؟',
      'أهلًا! خرج الطلب هذا الصباح وسيصل غدًا بين 10:00 و14:00. يمكن تتبعه هنا: https://shop.example/track/10482',
      'رائع، شكرًا جزيلًا!',
    ],
    first: 'مرحبًا، لدي سؤال عن التوصيل',
  },
  ru: {
    agent: 'Анна Левина',
    colleague: 'Мария Коган',
    lines: [
      'Здравствуйте, вчера оформлен заказ 10482. Когда его привезут?',
      'Здравствуйте! Заказ отправлен сегодня утром и будет у вас завтра с 10:00 до 14:00. Следить за ним можно здесь: https://shop.example/track/10482',
      'Отлично, большое спасибо!',
    ],
    first: 'Здравствуйте, у меня вопрос о доставке',
  },
  fr: {
    agent: 'Claire Morel',
    colleague: 'Inès Laurent',
    lines: [
      'Bonjour, j’ai passé commande hier (nº 10482). Quand arrivera-t-elle ?',
      'Bonjour ! Votre commande est partie ce matin et arrivera demain entre 10 h et 14 h. Vous pouvez la suivre ici : https://shop.example/track/10482',
      'Parfait, merci beaucoup !',
    ],
    first: 'Bonjour, j’ai une question sur la livraison',
  },
  es: {
    agent: 'Lucía Romero',
    colleague: 'Marta Díaz',
    lines: [
      'Hola, hice un pedido ayer (número 10482). ¿Cuándo llegará?',
      '¡Hola! Su pedido salió esta mañana y llegará mañana entre las 10:00 y las 14:00. Puede seguirlo aquí: https://shop.example/track/10482',
      'Perfecto, ¡muchas gracias!',
    ],
    first: 'Hola, tengo una pregunta sobre el envío',
  },
  de: {
    agent: 'Anna Becker',
    colleague: 'Lena Vogt',
    lines: [
      'Guten Tag, ich habe gestern bestellt (Bestellung 10482). Wann kommt sie an?',
      'Guten Tag! Ihre Bestellung ist heute Morgen abgegangen und kommt morgen zwischen 10 und 14 Uhr an. Hier können Sie sie verfolgen: https://shop.example/track/10482',
      'Wunderbar, vielen Dank!',
    ],
    first: 'Guten Tag, ich habe eine Frage zur Lieferung',
  },
  pt: {
    agent: 'Ana Ribeiro',
    colleague: 'Marta Costa',
    lines: [
      'Olá, fiz um pedido ontem (pedido 10482). Quando chega?',
      'Olá! O seu pedido saiu esta manhã e chega amanhã entre as 10:00 e as 14:00. Pode acompanhar aqui: https://shop.example/track/10482',
      'Perfeito, muito bom!',
    ],
    first: 'Olá, tenho uma pergunta sobre a entrega',
  },
};

export const talkIn = (language: Language): StageTalk => talks[language];
