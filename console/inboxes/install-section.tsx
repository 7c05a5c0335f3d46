import type { Inbox } from '../../shared/inbox.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { InboxInstall } from './inbox-install.tsx';

interface InstallSectionProps {
  inbox: Inbox;
  serverUrl: string;
  onDelete: (() => void) | undefined;
}

export function InstallSection({ inbox, serverUrl, onDelete }: InstallSectionProps) {
  const { draft, set, errorAt } = useInboxForm();
  const wrong = draft.allowedOrigins.find((_, place) => errorAt(`allowedOrigins.${place}`));
  return (
    <div class={styles.section}>
      <InboxInstall inbox={inbox} serverUrl={serverUrl} />
      <Card title={t('inbox.origins')} text={t('inbox.originsHint')}>
        <TextAreaField
          label={t('inbox.originsLabel')}
          isLabelHidden
          dir="ltr"
          rows={3}
          placeholder="https://shop.example"
          value={draft.allowedOrigins.join('\n')}
          error={wrong === undefined ? errorAt('allowedOrigins') : t('inbox.wrongOrigin', { origin: wrong })}
          onInput={(typed) => set('allowedOrigins', typed === '' ? [] : typed.split('\n'))}
        />
      </Card>
      <Card title={t('inbox.name')} text={t('inbox.nameHint')}>
        <TextField
          label={t('inbox.name')}
          isLabelHidden
          maxLength={120}
          value={draft.name}
          error={draft.name.trim() === '' ? t('inbox.error.name') : errorAt('name')}
          onInput={(name) => set('name', name)}
        />
      </Card>
      {onDelete && (
        <Card title={t('inbox.delete')} text={t('inbox.deleteHint')}>
          <div>
            <Button icon="trash-2" onClick={onDelete}>
              {t('inbox.delete')}
            </Button>
          </div>
        </Card>
      )}
    </div>
  );
}
