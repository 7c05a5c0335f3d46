import { expect, test } from 'vitest';
import { isSmallTalk } from '../../server/questions/asked-text.ts';

test.each([
  ...['שלום', 'היי, יש שם מישהו?', 'שלום, מה נשמע?', 'בוקר טוב לכולם', 'תודה רבה ושבת שלום', 'אוקיי תודה, יום נעים', 'להתראות'],
  ...['hi', 'Hello, is anyone there?', 'hey, how are you today?', 'Thanks, have a nice day!', 'ok bye, see you later'],
  ...[
    'שלום, אני מייקל',
    'היי, מדברת רות',
    'שלום, שמי דנה כהן',
    "Hi, I'm Michael",
    'Hello, my name is Ruth Levi',
    'مرحبا، أنا ليلى',
    'Привет, я Анна',
  ],
  ...['مرحبا، في حدا؟', 'السلام عليكم ورحمة الله وبركاته', 'كيف حالك', 'شكرا جزيلا، مع السلامة', 'يعطيك العافية'],
  ...['Привет, есть кто-нибудь?', 'Здравствуйте, как дела?', 'Спасибо большое, до свидания', 'всего доброго'],
])('who only says "%s" has asked nothing', (text) => {
  expect(isSmallTalk(text)).toBe(true);
});

test.each([
  ...[
    'שלום, מה קורה עם ההזמנה שלי?',
    'היי, אתם פתוחים בשבת?',
    'מה המצב עם המשלוח',
    'יש חניה?',
    'שמי דנה והמשלוח שלי לא הגיע',
    'אני מחפש עציץ',
  ],
  ...['hi, how are you shipping this?', 'This is broken', 'i am looking for shoes', 'Good morning, are you open today?'],
  ...['مرحبا، كيف حال طلبي؟', 'متى تفتحون؟', 'Здравствуйте, как дела с моим заказом?', 'до скольки вы работаете'],
])('who says "%s" has asked something', (text) => {
  expect(isSmallTalk(text)).toBe(false);
});
