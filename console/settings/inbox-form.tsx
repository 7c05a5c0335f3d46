import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Inbox, InboxPatch } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { showToast } from '../ui/toast.tsx';
import { AccentField } from './accent-field.tsx';
import styles from './inbox-form.module.css';

interface Fields {
  name: string;
  /** One a line. */
  origins: string;
  accent: string;
  locale: Inbox['settings']['locale'];
  greetingHe: string;
  greetingEn: string;
}

interface InboxFormProps {
  http: Http;
  inbox: Inbox;
  onSaved: (inbox: Inbox) => void;
}

export function InboxForm({ http, inbox, onSaved }: InboxFormProps) {
  const [fields, setFields] = useState(() => toFields(inbox));
  const [error, setError] = useState<ErrorReply | null>(null);
  const [wrongOrigin, setWrongOrigin] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (change: Partial<Fields>) => setFields((held) => ({ ...held, ...change }));
  const isChanged = JSON.stringify(fields) !== JSON.stringify(toFields(inbox));

  const submit = async (event: Event) => {
    event.preventDefault();
    const patch = toPatch(fields);
    setIsBusy(true);
    const reply = await http.patch<Inbox>(`/inboxes/${inbox.id}`, patch);
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    setWrongOrigin(reply.ok ? null : findWrongOrigin(patch, reply.error));
    if (!reply.ok) return;
    onSaved(reply.data);
    setFields(toFields(reply.data));
    showToast({ text: t('toast.saved') });
  };

  return (
    <form class={styles.form} onSubmit={submit}>
      <Card title={t('inbox.origins')} text={t('inbox.originsHint')}>
        <TextAreaField
          label={t('inbox.originsLabel')}
          isLabelHidden
          dir="ltr"
          rows={3}
          placeholder="https://shop.example"
          value={fields.origins}
          error={wrongOrigin === null ? undefined : t('inbox.wrongOrigin', { origin: wrongOrigin })}
          onInput={(origins) => set({ origins })}
        />
      </Card>
      <Card title={t('inbox.look')} text={t('inbox.lookHint')}>
        <div class={styles.grid}>
          <TextField
            label={t('inbox.name')}
            hint={t('inbox.nameHint')}
            isRequired
            maxLength={120}
            value={fields.name}
            onInput={(name) => set({ name })}
          />
          <AccentField value={fields.accent} onChoose={(accent) => set({ accent })} />
          <SelectField
            label={t('inbox.language')}
            value={fields.locale}
            options={[
              { value: 'auto', label: t('inbox.languageAuto') },
              { value: 'he', label: 'עברית' },
              { value: 'en', label: 'English' },
            ]}
            onChoose={(locale) => set({ locale })}
          />
        </div>
        <div class={styles.grid}>
          <TextField
            label={t('inbox.greetingHe')}
            maxLength={200}
            placeholder="היי, איך אפשר לעזור?"
            value={fields.greetingHe}
            onInput={(greetingHe) => set({ greetingHe })}
          />
          <TextField
            label={t('inbox.greetingEn')}
            maxLength={200}
            placeholder="Hi, how can we help?"
            value={fields.greetingEn}
            onInput={(greetingEn) => set({ greetingEn })}
          />
        </div>
      </Card>
      <div class={styles.foot}>
        {error && wrongOrigin === null && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
        <Button type="submit" look="primary" disabled={!isChanged} isBusy={isBusy}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

function toFields({ name, allowedOrigins, settings: { accent, locale, greeting } }: Inbox): Fields {
  return { name, origins: allowedOrigins.join('\n'), accent, locale, greetingHe: greeting.he ?? '', greetingEn: greeting.en ?? '' };
}

function toPatch({ name, origins, accent, locale, greetingHe, greetingEn }: Fields): InboxPatch {
  return {
    name,
    allowedOrigins: [...new Set(origins.split(/[\s,]+/).map((line) => line.replace(/\/+$/, '')))].filter(Boolean),
    settings: {
      accent,
      locale,
      greeting: { ...(greetingHe.trim() && { he: greetingHe }), ...(greetingEn.trim() && { en: greetingEn }) },
    },
  };
}

/** The server names a wrong entry by its place in the list. */
function findWrongOrigin({ allowedOrigins = [] }: InboxPatch, { field = '' }: ErrorReply): string | null {
  const [list, place] = field.split('.');
  return list === 'allowedOrigins' ? (allowedOrigins[Number(place)] ?? null) : null;
}
