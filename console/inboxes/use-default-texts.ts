import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../shared/language.ts';
import { loadTexts } from '../../shared/texts/load-texts.ts';
import type { Plural } from '../../shared/texts/plural.ts';
import type { TextKey } from '../../shared/texts/text-keys.ts';

type Defaults = Record<TextKey, string | Plural>;

/** What the widget says by itself in a language, fetched when somebody wants to see it. */
export function useDefaultTexts(language: Language) {
  const [loaded, setLoaded] = useState<{ language: Language; texts: Defaults } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isGone = false;
    setHasFailed(false);
    loadAll(language).then(
      (texts) => !isGone && setLoaded({ language, texts }),
      () => !isGone && setHasFailed(true),
    );
    return () => {
      isGone = true;
    };
  }, [language, attempt]);
  return {
    defaults: loaded?.language === language ? loaded.texts : null,
    hasFailed,
    retry: () => setAttempt(attempt + 1),
  };
}

async function loadAll(language: Language): Promise<Defaults> {
  const { texts, loadExtras } = await loadTexts(language);
  return { ...texts, ...(await loadExtras()) };
}
