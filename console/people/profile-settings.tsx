import { useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import { NotificationFields } from './notification-fields.tsx';
import { PhotoField } from './photo-field.tsx';

/** Offered to be ticked; what a program has set besides stays. */
const spoken = ['he', 'en', 'ar', 'ru', 'fr', 'es', 'de', 'am', 'uk', 'pt', 'ro'];

interface ProfileSettingsProps {
  http: Http;
  me: SignedInAgent;
  onChanged: (agent: SignedInAgent) => void;
}

export function ProfileSettings({ http, me, onChanged }: ProfileSettingsProps) {
  const [fields, setFields] = useState<Profile & { name: string }>({ name: me.name, ...me.profile });
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (change: Partial<typeof fields>) => setFields((held) => ({ ...held, ...change }));
  const save = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.patch<SignedInAgent>('/profile', fields);
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    onChanged(reply.data);
    showToast({ text: t('profile.saved') });
  };
  const names = new Intl.DisplayNames([language.value], { type: 'language' });
  return (
    <Card title={t('profile.title')} text={t('profile.hint')}>
      <PhotoField http={http} me={me} onChanged={onChanged} />
      <form class={styles.form} onSubmit={save}>
        <TextField
          label={t('contact.name')}
          isRequired
          maxLength={120}
          autoComplete="name"
          value={fields.name}
          error={error?.field === 'name' ? t('field.nameInvalid') : undefined}
          onInput={(name) => set({ name })}
        />
        <CheckList
          label={t('profile.languages')}
          options={[...new Set([...spoken, ...fields.languages])].map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
          chosen={fields.languages}
          emptyText=""
          onChoose={(languages) => set({ languages })}
        />
        <CheckField
          label={t('profile.advice')}
          hint={t('profile.adviceHint')}
          isChecked={!fields.isAdviceHidden}
          onChange={(isWanted) => set({ isAdviceHidden: !isWanted })}
        />
        <TextAreaField label={t('profile.signature')} rows={3} value={fields.signature} onInput={(signature) => set({ signature })} />
        <NotificationFields value={fields.notifications} onChange={(notifications) => set({ notifications })} />
        {error && error.field !== 'name' && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
        <div>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
