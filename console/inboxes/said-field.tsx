import { useId } from 'preact/hooks';
import { type ByLanguage, directionOf, type Language, languageNames } from '../../shared/language.ts';
import { language as screenLanguage, t } from '../texts/texts.ts';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { useInboxForm } from './inbox-form.ts';
import styles from './said-field.module.css';

interface SaidFieldProps {
  label: string;
  texts: ByLanguage;
  onChange: (texts: ByLanguage) => void;
  maxLength: number;
  /** Where the server finds fault with it. */
  path: string;
  hint?: string;
  placeholder?: string | undefined;
  rows?: number;
}

/** One text in as many languages as somebody writes it, one at a time. */
export function SaidField({ label, texts, onChange, maxLength, path, hint, placeholder, rows }: SaidFieldProps) {
  const { textLanguage, errorAt } = useInboxForm();
  const field = {
    label,
    value: texts[textLanguage] ?? '',
    maxLength,
    error: errorAt(path),
    lang: textLanguage,
    dir: fieldDirection(textLanguage, texts[textLanguage] ?? ''),
    aside: <LanguageSwitch label={label} texts={texts} />,
    onInput: (text: string) => onChange(withText(texts, textLanguage, text)),
    ...(hint !== undefined && { hint }),
    ...(placeholder !== undefined && { placeholder }),
  };
  return rows === undefined ? <TextField {...field} /> : <TextAreaField {...field} rows={rows} />;
}

/** Hebrew and the language of the screen first. Those in which something is written are marked. */
export const textLanguages = (): Language[] => {
  const all = Object.keys(languageNames) as Language[];
  return [...new Set<Language>(['he', screenLanguage.value, ...all])];
};

/** What is typed decides; an empty field stands as its language does. */
export function fieldDirection(language: Language, text: string): 'auto' | 'rtl' | 'ltr' {
  return text === '' ? directionOf(language) : 'auto';
}

export function LanguageSwitch({ label, texts }: { label: string; texts: ByLanguage }) {
  const { textLanguage, setTextLanguage } = useInboxForm();
  const id = useId();
  return (
    <select
      id={id}
      class={styles.switch}
      aria-label={t('inbox.languageOf', { label })}
      value={textLanguage}
      onChange={(event) => setTextLanguage(event.currentTarget.value as Language)}
    >
      {textLanguages().map((one) => (
        <option key={one} value={one}>
          {languageNames[one]}
          {texts[one]?.trim() ? ' ✓' : ''}
        </option>
      ))}
    </select>
  );
}

function withText(texts: ByLanguage, language: Language, text: string): ByLanguage {
  const { [language]: _, ...others } = texts;
  return text === '' ? others : { ...others, [language]: text };
}
