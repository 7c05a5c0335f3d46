import { useRef, useState } from 'preact/hooks';
import { fillText, languageFor, variableNames } from '../../shared/canned-text.ts';
import { type ByLanguage, directionOf, type Language, languageNames } from '../../shared/language.ts';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import { MarkedGaps } from '../canned/marked-gaps.tsx';
import { language as screenLanguage, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './toolbox.module.css';

interface TextsFieldProps {
  label: string;
  texts: ByLanguage;
  onChange: (texts: ByLanguage) => void;
  error?: string | undefined;
  agentName: string;
  business: string;
}

/** A reply in as many languages as somebody writes it, with its variables, and what a customer would read. */
export function TextsField({ label, texts, onChange, error, agentName, business }: TextsFieldProps) {
  const [language, setLanguage] = useState<Language>(() => languageFor(texts, [screenLanguage.value]) ?? screenLanguage.value);
  const [isStranger, setIsStranger] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const text = texts[language] ?? '';
  const write = (next: string) => {
    const { [language]: _, ...others } = texts;
    onChange(next === '' ? others : { ...others, [language]: next });
  };
  const insert = (name: string) => {
    const area = box.current?.querySelector('textarea');
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? text.length;
    const isOfContact = name.startsWith('contact.');
    const said = isOfContact ? `{{${name}|${t('variable.fallback')}}}` : `{{${name}}}`;
    write(text.slice(0, from) + said + text.slice(to));
    // What stands after the bar is there to be written over.
    const at = from + said.length - 2;
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(isOfContact ? at - t('variable.fallback').length : at + 2, isOfContact ? at : at + 2);
    });
  };
  const surroundings = { contact: isStranger ? null : sampleCustomer(), agentName, business, conversationId: 'V1StGXR8_Z5jdHi6B-myT' };
  return (
    <div class={styles.texts} ref={box}>
      <div class={styles.tools}>
        <SelectField
          label={t('inbox.language')}
          isLabelHidden
          value={language}
          options={(Object.keys(languageNames) as Language[]).map((one) => ({
            value: one,
            label: texts[one]?.trim() ? `${languageNames[one]} ✓` : languageNames[one],
          }))}
          onChoose={setLanguage}
        />
        <Menu
          label={t('variable.insert')}
          items={[...variableNames, 'contact.fields' as const].map((name) => ({
            key: name,
            label: t(`variable.${name}`),
            onSelect: () => insert(name === 'contact.fields' ? 'contact.fields.order' : name),
          }))}
          trigger={(props) => (
            <Button {...props} icon="plus">
              {t('variable.insert')}
            </Button>
          )}
        />
      </div>
      <TextAreaField
        label={label}
        hint={
          <>
            {t('variable.hint')} <code dir="ltr">{`{{contact.firstName|${t('variable.fallback')}}}`}</code>
          </>
        }
        error={error}
        rows={6}
        maxLength={MESSAGE_TEXT_MAX}
        lang={language}
        dir={text === '' ? directionOf(language) : 'auto'}
        value={text}
        onInput={write}
      />
      <section class={styles.preview} aria-label={t('canned.preview')}>
        <div class={styles.previewHead}>
          <h3>{t('canned.preview')}</h3>
          <CheckField label={t('canned.previewStranger')} isChecked={isStranger} onChange={setIsStranger} />
        </div>
        <p class={styles.bubble} dir={text === '' ? undefined : 'auto'}>
          {text.trim() === '' ? (
            <span class={styles.faint}>{t('canned.previewEmpty')}</span>
          ) : (
            <MarkedGaps text={fillText(text, surroundings)} />
          )}
        </p>
      </section>
    </div>
  );
}

function sampleCustomer() {
  return {
    name: t('canned.sampleName'),
    company: t('canned.sampleCompany'),
    identities: [
      { kind: 'email' as const, value: 'ruth@example.com', isVerified: true },
      { kind: 'phone' as const, value: '+972501234567', isVerified: true },
    ],
    fields: { order: '10482' },
  };
}
