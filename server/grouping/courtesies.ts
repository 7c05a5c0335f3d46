/** What is said beside a question: greetings, thanks, yes and no, numbers, addresses, names that introduce themselves. */
import { toPlain } from '../matching/plain-words.ts';

/** As people write them; compared as plain words. */
const greetings = `
hi hello hey hiya heya yo dear greetings morning afternoon evening sir madam team guys everyone there
היי הי שלום אהלן הלו בוקר ערב צהריים טוב לילה ברכה
مرحبا مرحبتين السلام عليكم وعليكم اهلا هلا اهلين سلام صباح مساء الخير النور
привет здравствуйте здравствуй добрый доброе день утро вечер приветствую
bonjour bonsoir salut hola buenas buenos dias tardes noches hallo guten tag moin ciao`;
const thanks = `
please pls plz thanks thank thx ty cheers bye goodbye asap urgent urgently appreciated advance sorry
תודה רבה המון בבקשה דחוף להתראות ביי סליחה מראש
شكرا جزيلا كتير عفوا ضروري عاجل فضلك سمحت سمحتم
спасибо большое пожалуйста срочно заранее пока извините
merci gracias danke bitte por favor plaît`;
const nods = `
ok okay okey k kk yes yeah yep yup no nope sure fine great cool nice perfect good right correct done super awesome lol haha hmm oh ah wow test
כן לא אוקיי אוקי או קיי סבבה מעולה יופי מצוין טוב נכון בסדר אחלה הבנתי מגניב חח חחח בדיקה
نعم لا اه ايوه تمام طيب ماشي حسنا اوكي اوك ممتاز تجربة
да нет ок окей хорошо отлично понятно ладно ага угу супер тест
oui non si ja nein`;
const fillers = `
i im me my you your a an the to and so very much for is are just well question quick small one need ask have tell know could can would like kindly all again anyone anybody somebody someone here
אני לי לך את זה זו יש שם כאן פה מישהו מישהי רק שאלה קטנה רציתי לשאול אשמח לדעת יום נעים לכם כולם לכולם שוב
انا لي في حدا حد احد هون هنا هل بس سؤال بدي اسال ممكن لو من
я мне у меня есть кто то нибудь здесь тут вопрос подскажите скажите можно`;
/** Several words that say nothing together, though some of them ask elsewhere. */
const pleasantries = `
how are you doing today, how are you doing, how are you today, how are you, how is it going, hows it going, whats up, have a nice day
have a good day, have a great day, have a nice evening, have a nice weekend, have a good one, good day, see you later, see you soon, see you, take care
מה שלומך, מה שלומכם, מה נשמע, מה קורה, מה המצב, מה העניינים, שבת שלום, חג שמח, שבוע טוב, שנה טובה, סוף שבוע נעים, סוף שבוע טוב, המשך יום
שיהיה יום, שיהיה לכם יום, שיהיה לך יום, יום נהדר, יום נפלא, יום מקסים, יום מצוין, נתראה, שלום וברכה
كيف حالك, كيف حالكم, كيف الحال, كيفك, شلونك, شو الاخبار, يعطيك العافية, الله يعطيك العافية, يعطيكم العافية, الله يعافيك, يسلمو, تسلم
مع السلامة, الى اللقاء, باي, يوم سعيد, نهارك سعيد, تصبح على خير, تصبحون على خير, ورحمة الله وبركاته, ورحمة الله
как дела, как вы, как поживаете, до свидания, до встречи, всего доброго, всего хорошего, хорошего дня, хорошего вечера, доброй ночи, спокойной ночи
ça va, comment allez vous, bonne journée, au revoir, cómo estás, cómo está, que tal, hasta luego, adiós, wie gehts, wie geht es ihnen, auf wiedersehen, tschüss
tudo bem, até logo`;
/** Who gives a name in so many words, and behind a greeting in one. */
const introductions = /^(?:my name is|name is|שמי|השמ שלי|קוראימ לי|اسمي|меня зовут|мое имя|je mappelle|me llamo|ich heisse)(?: \S+){1,3}$/;
const greeted = /^(?:this is|i am|im|its|אני|זה|זאת|כאנ|מדבר|מדברת|انا|معك|я|это|je suis|soy|ich bin) \S+$/;

const wordsIn = (list: string) => list.trim().split(/\s+/).map(toPlain).filter(Boolean);
const courtesies = new Set([...wordsIn(greetings), ...wordsIn(thanks)]);
const talk = new Set([...courtesies, ...wordsIn(nods)]);
const carried = new Set([...talk, ...wordsIn(fillers)]);
const phrases = pleasantries.split(/[,\n]/).map(toPlain).filter(Boolean);
/** The longer one before what it begins with. */
const pleasant = new RegExp(`(?<= )ו?(?:${phrases.toSorted((one, other) => other.length - one.length).join('|')})(?= )`, 'g');

/** `plain` asks nothing: nobody wants to see it in a list of questions, however often it is said. */
export function isSmallTalk(plain: string): boolean {
  const words = plain.split(' ').filter((word) => word !== '0');
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if (letters < 3) return true;
  if (words.every((word) => word.length < 2)) return true;
  return isCourtesy(plain);
}

/** Nothing but a greeting, thanks, a good-bye, a nod, a name, or whether somebody is there. */
export function isCourtesy(plain: string): boolean {
  const bare = ` ${plain} `.replaceAll(pleasant, '');
  const words = bare.split(' ').filter((word) => word !== '' && word !== '0');
  if (words.length <= 8 && words.every((word) => carried.has(word))) return true;
  const own = words.findIndex((word) => !courtesies.has(word));
  const rest = words.slice(own).join(' ');
  return introductions.test(rest) || (own > 0 && greeted.test(rest));
}

/** The question without what opens and closes it: as long as two words are left. */
export function withoutCourtesy(plain: string): string {
  const words = plain.split(' ');
  let from = 0;
  let to = words.length;
  if (courtesies.has(words[0] ?? '')) {
    while (from < 6 && to - from > 2 && carried.has(words[from] as string) && hasCourtesyFrom(words, from)) from++;
  }
  while (to - from > 2 && courtesies.has(words[to - 1] as string)) to--;
  return words.slice(from, to).join(' ');
}

/** What carries a greeting on ends with the last greeting: "good morning to all, is there" keeps "is there". */
function hasCourtesyFrom(words: readonly string[], from: number): boolean {
  return words.slice(from, 6).some((word) => courtesies.has(word));
}
