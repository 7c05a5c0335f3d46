import { useEffect } from 'preact/hooks';
import { directionOf, type Language, languageNames } from '../../shared/language.ts';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import { blanksIn } from './blanks.ts';
import { type BusinessFact, businessFacts, factKey, factOf } from './business-facts.ts';
import styles from './library.module.css';
import type { LibraryDraft } from './library-draft.ts';

interface BusinessFieldsProps {
  chosen: readonly ReadyAnswer[];
  draft: LibraryDraft;
  business: string;
}

interface Asked {
  key: string;
  fact: BusinessFact;
  /** Null: the same in every language. */
  language: Language | null;
  count: number;
}

/** What several answers say alike is asked once. */
export function BusinessFields({ chosen, draft, business }: BusinessFieldsProps) {
  const languages = draft.languages.value;
  const asked = askedFacts(chosen, languages);
  useEffect(() => {
    for (const { key, fact } of asked) if (fact === 'name' && draft.facts.peek()[key] === undefined) draft.setFact(key, business);
  }, [asked.map(({ key }) => key).join()]);
  if (asked.length === 0) return null;
  return (
    <Card title={t('answers.fillBusiness')} text={t('answers.fillBusinessHint')}>
      <div class={styles.facts}>
        {asked.map(({ key, fact, language, count }) => {
          const value = draft.facts.value[key] ?? '';
          const label = t(`answers.fact.${fact}`);
          return (
            <TextField
              key={key}
              label={language && languages.length > 1 ? `${label} (${languageNames[language]})` : label}
              hint={t('answers.inAnswers', { count })}
              maxLength={200}
              autoComplete="off"
              dir={value === '' && language ? directionOf(language) : 'auto'}
              value={value}
              onInput={(typed) => draft.setFact(key, typed)}
              {...(language && { lang: language })}
            />
          );
        })}
      </div>
    </Card>
  );
}

function askedFacts(chosen: readonly ReadyAnswer[], languages: readonly Language[]): Asked[] {
  const found = new Map<string, Asked & { ids: Set<string> }>();
  for (const { id, answer } of chosen) {
    for (const language of languages) {
      for (const { name } of blanksIn(answer[language] ?? '')) {
        const fact = factOf(language, name);
        if (!fact) continue;
        const key = factKey(fact, language);
        const held = found.get(key) ?? { key, fact, language: key === fact ? null : language, count: 0, ids: new Set() };
        held.ids.add(id);
        found.set(key, held);
      }
    }
  }
  return [...found.values()]
    .map((one) => ({ ...one, count: one.ids.size }))
    .sort((one, other) => businessFacts.indexOf(one.fact) - businessFacts.indexOf(other.fact));
}
