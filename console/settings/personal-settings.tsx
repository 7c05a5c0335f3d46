import { language, setLanguage, t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { setTheme, theme } from '../ui/theme.ts';

/** What this browser remembers of its agent. */
export function PersonalSettings() {
  return (
    <>
      <Card title={t('personal.language')} text={t('personal.languageHint')}>
        <div>
          <Segmented
            label={t('personal.language')}
            value={language.value}
            options={[
              { value: 'he', label: 'עברית' },
              { value: 'en', label: 'English' },
            ]}
            onChoose={setLanguage}
          />
        </div>
      </Card>
      <Card title={t('personal.theme')} text={t('personal.themeHint')}>
        <div>
          <Segmented
            label={t('personal.theme')}
            value={theme.value}
            options={[
              { value: 'auto', label: t('theme.auto'), icon: 'monitor' },
              { value: 'light', label: t('theme.light'), icon: 'sun' },
              { value: 'dark', label: t('theme.dark'), icon: 'moon' },
            ]}
            onChoose={setTheme}
          />
        </div>
      </Card>
    </>
  );
}
