import { directionOf, type Language } from '../../shared/language.ts';
import type { Plural } from '../../shared/texts/plural.ts';
import type { TextKey } from '../../shared/texts/text-keys.ts';
import { isSame } from '../editing/merge-changes.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { fieldDirection } from './said-field.tsx';

interface TextRowProps {
  textKey: TextKey;
  language: Language;
  /** What the widget says by itself. */
  standard: string | Plural;
  said: string | Plural | undefined;
  onChange: (said: string | Plural | undefined) => void;
}

type Form = keyof Plural;

/** One sentence, or one for each plural form that the language has. */
export function TextRow({ textKey, language, standard, said, onChange }: TextRowProps) {
  const { errorAt } = useInboxForm();
  const title = formOf(standard, 'other');
  const forms = typeof standard === 'string' ? null : (new Intl.PluralRules(language).resolvedOptions().pluralCategories as Form[]);
  const places = [...new Set(JSON.stringify(standard).match(/\{\w+\}/g))];
  const reset =
    said === undefined ? undefined : (
      <IconButton icon="rotate-ccw" label={t('inbox.resetText', { text: title })} onClick={() => onChange(undefined)} />
    );
  const field = (
    label: string,
    shown: string,
    placeholder: string,
    onInput: (text: string) => void,
    aside: typeof reset | null = reset,
  ) => (
    <TextField
      key={label}
      label={label}
      value={shown}
      lang={language}
      dir={fieldDirection(language, shown)}
      placeholder={placeholder}
      maxLength={500}
      hint={places.length > 0 ? t('inbox.places', { places: places.map((place) => `\u2066${place}\u2069`).join(' ') }) : undefined}
      error={errorAt(`texts.${language}.${textKey}`)}
      aside={aside}
      onInput={onInput}
    />
  );

  if (!forms) {
    return field(`${directionOf(language) === 'rtl' ? '\u2067' : '\u2066'}${title}\u2069`, formOf(said, 'other'), title, (text) =>
      onChange(text === '' ? undefined : text),
    );
  }
  const complete = Object.fromEntries(forms.map((form) => [form, formOf(standard, form)])) as Plural;
  const write = (form: Form, text: string) => {
    const next = { ...complete, ...asForms(said), [form]: text || complete[form] } as Plural;
    onChange(isSame(next, complete) ? undefined : next);
  };
  return (
    <fieldset class={styles.forms}>
      <legend>
        <bdi dir={directionOf(language)}>{title}</bdi> {reset}
      </legend>
      <div class={styles.grid}>
        {forms.map((form) => {
          const own = asForms(said)[form];
          const shown = own === undefined || own === complete[form] ? '' : own;
          return field(t(`inbox.form.${form}`), shown, complete[form] ?? '', (text) => write(form, text), null);
        })}
      </div>
    </fieldset>
  );
}

function asForms(said: string | Plural | undefined): Partial<Plural> {
  return typeof said === 'string' ? { other: said } : (said ?? {});
}

function formOf(said: string | Plural | undefined, form: Form): string {
  return typeof said === 'string' ? said : (said?.[form] ?? said?.other ?? '');
}
