export interface DocsTexts {
  title: string;
  about: string;
  file: string;
  search: string;
  nothing: string;
  parameters: string;
  body: string;
  reply: string;
  fileBody: string;
  noReply: string;
  refusals: string;
  schemas: string;
  copy: string;
  copied: string;
  required: string;
  example: string;
  otherLanguage: string;
  groups: string;
}

export const docsTexts: Record<'he' | 'en', DocsTexts> = {
  en: {
    title: 'The API',
    about:
      'Programs call with an API token (settings, API tokens) as a bearer, which may do what its scopes allow. A write that carries an Idempotency-Key may be sent again for a day: it is carried out once.',
    file: 'OpenAPI 3.1 file',
    search: 'Search routes',
    nothing: 'No route fits.',
    parameters: 'Parameters',
    body: 'Body',
    reply: 'Reply',
    fileBody: 'A file: multipart/form-data, in the part “file”.',
    noReply: 'Nothing (204).',
    refusals: 'May be refused with',
    schemas: 'Schemas',
    copy: 'Copy',
    copied: 'Copied',
    required: 'required',
    example: 'Example',
    otherLanguage: 'עברית',
    groups: 'Groups',
  },
  he: {
    title: 'ה־API',
    about:
      'תוכנות פונות עם מפתח API (הגדרות, מפתחות API) בתור bearer, ומותר להן מה שההיקפים של המפתח מתירים. כתיבה שנשלחת עם Idempotency-Key אפשר לשלוח שוב במשך יממה: היא מתבצעת פעם אחת.',
    file: 'קובץ OpenAPI 3.1',
    search: 'חיפוש נתיבים',
    nothing: 'אין נתיב מתאים.',
    parameters: 'פרמטרים',
    body: 'גוף הבקשה',
    reply: 'תשובה',
    fileBody: 'קובץ: multipart/form-data, בחלק “file”.',
    noReply: 'אין תוכן (204).',
    refusals: 'סירובים אפשריים',
    schemas: 'סכמות',
    copy: 'העתקה',
    copied: 'הועתק',
    required: 'חובה',
    example: 'דוגמה',
    otherLanguage: 'English',
    groups: 'קבוצות',
  },
};
