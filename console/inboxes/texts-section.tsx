import { useState } from 'preact/hooks';
import type { Plural } from '../../shared/texts/plural.ts';
import type { TextKey, TextOverrides } from '../../shared/texts/text-keys.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { LanguageSwitch } from './said-field.tsx';
import { TextRow } from './text-row.tsx';
import { useDefaultTexts } from './use-default-texts.ts';

/** Every sentence of the widget, in the language chosen, with what the business says instead. */
export function TextsSection() {
  const { draft, set, textLanguage } = useInboxForm();
  const [wanted, setWanted] = useState('');
  const { defaults, hasFailed, retry } = useDefaultTexts(textLanguage);
  const own = draft.texts[textLanguage] ?? {};
  const change = (key: TextKey, said: string | Plural | undefined) => {
    const { [key]: _, ...others } = own;
    const next: TextOverrides = said === undefined ? others : { ...others, [key]: said };
    const { [textLanguage]: __, ...languages } = draft.texts;
    set('texts', Object.keys(next).length > 0 ? { ...languages, [textLanguage]: next } : languages);
  };
  const keys = defaults && (Object.keys(defaults) as TextKey[]).filter((key) => isFound([key, defaults[key], own[key]], wanted));
  return (
    <div class={styles.section}>
      <Card
        title={t('inbox.texts')}
        text={t('inbox.textsHint')}
        action={<LanguageSwitch label={t('inbox.texts')} texts={Object.fromEntries(Object.keys(draft.texts).map((one) => [one, '✓']))} />}
      >
        <TextField
          label={t('inbox.searchTexts')}
          isLabelHidden
          type="search"
          placeholder={t('inbox.searchTexts')}
          value={wanted}
          onInput={setWanted}
        />
        {hasFailed && (
          <EmptyState icon="circle-alert" tone="problem" title={t('error.unavailable')}>
            <Button onClick={retry}>{t('action.retry')}</Button>
          </EmptyState>
        )}
        {!defaults && !hasFailed && <Skeleton rows={6} label={t('state.loading')} />}
        <p class="visually-hidden" role="status">
          {keys && wanted && t('inbox.textsFound', { count: keys.length })}
        </p>
        {keys?.length === 0 && <p class={styles.soft}>{t('inbox.noTextsFound')}</p>}
        <div class={styles.stack}>
          {defaults &&
            keys?.map((key) => (
              <TextRow
                key={`${textLanguage} ${key}`}
                textKey={key}
                language={textLanguage}
                standard={defaults[key]}
                said={own[key]}
                onChange={(said) => change(key, said)}
              />
            ))}
        </div>
      </Card>
    </div>
  );
}

function isFound(where: readonly unknown[], wanted: string): boolean {
  return JSON.stringify(where).toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}
