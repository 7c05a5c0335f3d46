import { type ByLanguage, type Language, languageNames } from '../../shared/language.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './answer-form.module.css';
import { useAnswerForm } from './answer-form.ts';

/** Most visitors of this house write in these. */
const usual: readonly Language[] = ['he', 'en', 'ar', 'ru'];

/** In which language question and answer are written just now; those in which something stands are marked. */
export function LanguageChoice({ written }: { written: ByLanguage }) {
  const { textLanguage, setTextLanguage } = useAnswerForm();
  const isWritten = (one: Language) => Boolean(written[one]?.trim());
  const all = Object.keys(languageNames) as Language[];
  const shown = all.filter((one) => usual.includes(one) || one === textLanguage || isWritten(one));
  const others = all.filter((one) => !shown.includes(one));
  const [first, rest] = [shown.filter((one) => one === language.value), shown.filter((one) => one !== language.value)];
  return (
    <div class={styles.languages}>
      <Segmented
        label={t('answers.language')}
        value={textLanguage}
        options={[...first, ...rest].map((one) => ({
          value: one,
          label: languageNames[one],
          ...(isWritten(one) && { icon: 'check' as const }),
        }))}
        onChoose={setTextLanguage}
      />
      {others.length > 0 && (
        <Menu
          label={t('answers.moreLanguages')}
          align="end"
          items={others.map((one) => ({ key: one, label: languageNames[one], onSelect: () => setTextLanguage(one) }))}
          trigger={(props) => (
            <Button {...props} look="quiet" icon="plus">
              {t('answers.moreLanguages')}
            </Button>
          )}
        />
      )}
    </div>
  );
}
