import type { Launcher } from '../../shared/inbox.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { AccentField } from './accent-field.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';
import { useDefaultTexts } from './use-default-texts.ts';

const icons: readonly Launcher['icon'][] = ['chat', 'question', 'wave', 'headset'];
const sides: readonly Launcher['side'][] = ['end', 'start', 'right', 'left'];

export function LookSection() {
  const { draft, set, errorAt, textLanguage } = useInboxForm();
  const { defaults } = useDefaultTexts(textLanguage);
  const welcome = draft.texts[textLanguage]?.welcome ?? defaults?.welcome;
  const { launcher } = draft;
  const setLauncher = (change: Partial<Launcher>) => set('launcher', { ...launcher, ...change });
  const languages = Object.entries(languageNames) as [Language, string][];
  return (
    <div class={styles.section}>
      <Card title={t('inbox.window')} text={t('inbox.windowHint')}>
        <div class={styles.grid}>
          <AccentField value={draft.accent} error={errorAt('accent')} onChoose={(accent) => set('accent', accent)} />
          <SelectField
            label={t('inbox.language')}
            value={draft.locale}
            options={[{ value: 'auto', label: t('inbox.languageAuto') }, ...languages.map(([value, label]) => ({ value, label }))]}
            onChoose={(locale) => set('locale', locale)}
          />
        </div>
        <div class={styles.line}>
          <span class={styles.name}>{t('inbox.theme')}</span>
          <Segmented
            label={t('inbox.theme')}
            value={draft.theme}
            options={[
              { value: 'auto', label: t('inbox.themeAuto'), icon: 'monitor' },
              { value: 'light', label: t('theme.light'), icon: 'sun' },
              { value: 'dark', label: t('theme.dark'), icon: 'moon' },
            ]}
            onChoose={(theme) => set('theme', theme)}
          />
        </div>
        <SaidField
          label={t('inbox.greeting')}
          texts={draft.greeting}
          path="greeting"
          maxLength={200}
          placeholder={typeof welcome === 'string' ? welcome : undefined}
          onChange={(greeting) => set('greeting', greeting)}
        />
        <SwitchField
          label={t('inbox.hasFaces')}
          hint={t('inbox.hasFacesHint')}
          isOn={draft.hasFaces}
          onChange={(isOn) => set('hasFaces', isOn)}
        />
      </Card>
      <Card title={t('inbox.launcher')} text={t('inbox.launcherHint')}>
        <div class={styles.line}>
          <span class={styles.name}>{t('inbox.launcherIcon')}</span>
          <Segmented
            label={t('inbox.launcherIcon')}
            value={launcher.icon}
            options={icons.map((value) => ({ value, label: t(`inbox.icon.${value}`) }))}
            onChoose={(icon) => setLauncher({ icon })}
          />
        </div>
        <SaidField
          label={t('inbox.launcherText')}
          hint={t('inbox.launcherTextHint')}
          texts={launcher.text}
          path="launcher.text"
          maxLength={30}
          onChange={(text) => setLauncher({ text })}
        />
        <div class={styles.grid}>
          <SelectField
            label={t('inbox.side')}
            value={launcher.side}
            options={sides.map((value) => ({ value, label: t(`inbox.side.${value}`) }))}
            onChoose={(side) => setLauncher({ side })}
          />
          {(['offsetInline', 'offsetBlock'] as const).map((edge) => (
            <NumberField
              key={edge}
              label={t(`inbox.${edge}`)}
              value={launcher[edge]}
              min={0}
              max={400}
              wrong={t('inbox.error.number', { min: 0, max: 400 })}
              error={errorAt(`launcher.${edge}`)}
              onChange={(pixels) => setLauncher({ [edge]: pixels ?? 0 })}
            />
          ))}
        </div>
      </Card>
    </div>
  );
}
