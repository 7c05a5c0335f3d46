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

const talks: Partial<Record<Language, StageTalk>> & { en: StageTalk } = {
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
};

export const talkIn = (language: Language): StageTalk => talks[language] ?? talks.en;
