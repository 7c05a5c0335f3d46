import type { LinkKind } from '../account-link-store.ts';

/** The sentences of a letter that carries a link. */
interface LinkLetterTexts {
  subject: string;
  intro: string;
  action: string;
  lifetime: string;
  sentBecause: string;
}

/** Those of the console, to which the link leads. */
export type LetterLanguage = 'he' | 'en';

export const linkLetterTexts: Record<LetterLanguage, Record<LinkKind, LinkLetterTexts>> = {
  he: {
    invitation: {
      subject: 'הזמנה לצוות של {business}',
      intro: 'הוזמנת להצטרף לצוות של {business} ב־Kesher. נשאר לבחור שם וסיסמה:',
      action: 'הצטרפות לצוות',
      lifetime: 'הקישור פועל פעם אחת, במשך שלושה ימים.',
      sentBecause: 'ההודעה נשלחה כי בצוות של {business} ביקשו להזמין את הכתובת הזו. אם זו טעות, אפשר להתעלם ממנה.',
    },
    reset: {
      subject: 'סיסמה חדשה ל־{business}',
      intro: 'כאן בוחרים סיסמה חדשה לחשבון שלך בצוות של {business}:',
      action: 'בחירת סיסמה חדשה',
      lifetime: 'הקישור פועל פעם אחת, במשך שלושה ימים.',
      sentBecause: 'ההודעה נשלחה כי התקבלה בקשה לסיסמה חדשה לכתובת הזו. אם הבקשה לא הגיעה ממך, אפשר להתעלם: הסיסמה הקיימת עדיין בתוקף.',
    },
  },
  en: {
    invitation: {
      subject: 'An invitation to the team of {business}',
      intro: 'You are invited to join the team of {business} on Kesher. All that is left is to choose a name and a password:',
      action: 'Join the team',
      lifetime: 'The link works once, for three days.',
      sentBecause: 'You get this e-mail because the team of {business} asked to invite this address. If that is a mistake, ignore it.',
    },
    reset: {
      subject: 'A new password for {business}',
      intro: 'Here you choose a new password for your account in the team of {business}:',
      action: 'Choose a new password',
      lifetime: 'The link works once, for three days.',
      sentBecause:
        'You get this e-mail because a new password was asked for this address. If it was not you, ignore it: your password stays as it is.',
    },
  },
};
