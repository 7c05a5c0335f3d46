import type { ByLanguage, Language } from '../../shared/language.ts';
import { t } from '../texts/texts.ts';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';
import { useDefaultTexts } from './use-default-texts.ts';

const KEY = 'welcomeClosed';

/** What the first screen says outside business hours: one of the widget's texts, written here because here it is looked for. */
export function ClosedGreeting() {
  const { draft, set, textLanguage } = useInboxForm();
  const { defaults } = useDefaultTexts(textLanguage);
  const said = Object.entries(draft.texts).map(([language, texts]) => [language, texts?.[KEY]]);
  const write = (texts: ByLanguage) => {
    const { [KEY]: _, ...others } = draft.texts[textLanguage] ?? {};
    const own = { ...others, ...(texts[textLanguage] !== undefined && { [KEY]: texts[textLanguage] }) };
    const { [textLanguage]: __, ...languages } = draft.texts;
    set('texts', Object.keys(own).length > 0 ? { ...languages, [textLanguage]: own } : languages);
  };
  return (
    <SaidField
      label={t('hours.closedGreeting')}
      hint={t('hours.closedGreetingHint', { place: '{when}' })}
      rows={2}
      texts={Object.fromEntries(said.filter(([, text]) => typeof text === 'string')) as Partial<Record<Language, string>>}
      path={`texts.${textLanguage}.${KEY}`}
      maxLength={500}
      placeholder={defaults?.[KEY] as string | undefined}
      onChange={write}
    />
  );
}
