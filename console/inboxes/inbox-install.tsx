import { useState } from 'preact/hooks';
import type { Inbox } from '../../shared/inbox.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './inbox-install.module.css';

export function snippetOf(serverUrl: string, inboxKey: string): string {
  return `<script async src="${serverUrl}/widget.js" data-inbox="${inboxKey}"></script>`;
}

/** The one line of HTML, and the secret for sites that sign who their visitors are. */
export function InboxInstall({ inbox, serverUrl }: { inbox: Inbox; serverUrl: string }) {
  const [isSecretShown, setIsSecretShown] = useState(false);
  const snippet = snippetOf(serverUrl, inbox.key);
  return (
    <>
      <Card
        title={t('inbox.install')}
        text={t('inbox.installHint')}
        action={<CopyButton text={snippet} label={t('action.copy')} copiedLabel={t('action.copied')} />}
      >
        <Code text={snippet} label={t('inbox.install')} />
        {inbox.allowedOrigins.length === 0 && (
          <p class={styles.warning}>
            <Icon name="triangle-alert" size="small" />
            {t('inbox.anyOrigin')}
          </p>
        )}
      </Card>
      <Card
        title={t('inbox.identity')}
        text={t('inbox.identityHint')}
        action={
          <div class={styles.actions}>
            <Button
              size="small"
              icon={isSecretShown ? 'eye-off' : 'eye'}
              aria-pressed={isSecretShown}
              onClick={() => setIsSecretShown(!isSecretShown)}
            >
              {isSecretShown ? t('inbox.hideSecret') : t('inbox.showSecret')}
            </Button>
            <CopyButton text={inbox.identitySecret} label={t('action.copy')} copiedLabel={t('action.copied')} />
          </div>
        }
      >
        <Code text={isSecretShown ? inbox.identitySecret : '•'.repeat(24)} label={t('inbox.identity')} />
      </Card>
    </>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: no element stands for a piece of code that scrolls
    <pre class={styles.code} dir="ltr" role="group" aria-label={label} tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}
