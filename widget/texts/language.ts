/** What the launcher says before any texts are loaded; its keys are the languages that the widget speaks. Part of the loader: keep it small. */
export const launcherLabels = { en: 'Open chat', he: 'פתיחת הצ׳אט' };
export type Language = keyof typeof launcherLabels;

/** What was asked for (by the inbox or the site), else the page's language, else the browser's, else English. */
export function chooseLanguage(wish: string): Language {
  const wishes = [wish, document.documentElement.lang, ...navigator.languages, 'en'];
  return wishes.map((tag) => tag.slice(0, 2)).find((tag) => tag in launcherLabels) as Language;
}

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'he' ? 'rtl' : 'ltr');
