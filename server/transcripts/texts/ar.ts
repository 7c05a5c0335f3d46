import type { TranscriptTexts } from './transcript-texts.ts';

export const ar: TranscriptTexts = {
  subject: 'محادثتك مع {business}',
  intro: 'هذا ما قيل في محادثتك مع {business}.',
  you: 'رسالتك',
  times: 'الأوقات بحسب {zone}.',
  shortened: 'المحادثة طويلة جدًا، لذلك تظهر هنا نهايتها فقط.',
  sentBecause: 'وصلت هذه الرسالة لأن أحدهم طلب في محادثة {business} إرسال المحادثة إلى هذا العنوان.',
};
