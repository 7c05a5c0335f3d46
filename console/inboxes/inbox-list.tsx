import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { OneLine } from '../ui/one-line.tsx';
import type { InboxEdits } from './inbox-edits.ts';
import { snippetOf } from './inbox-install.tsx';
import styles from './inbox-list.module.css';

interface InboxListProps {
  all: readonly InboxEdits[];
  chosenId: string;
  serverUrl: string;
  onChoose: (id: string) => void;
  onAdd: () => void;
}

/** One site has one widget; whoever has several chooses here which one to set up. */
export function InboxList({ all, chosenId, serverUrl, onChoose, onAdd }: InboxListProps) {
  return (
    <section class={styles.box} aria-label={t('inbox.all')}>
      <ul class={styles.list}>
        {all.map((edits) => {
          const { id, name, key, allowedOrigins } = edits.saved.value;
          return (
            <li key={id} class={styles.row} data-chosen={id === chosenId || undefined}>
              <button type="button" class={styles.choice} aria-pressed={id === chosenId} onClick={() => onChoose(id)}>
                <OneLine class={styles.name} text={name} />
                {edits.changed.value.length > 0 ? (
                  <span class={styles.soft}>
                    <Badge tone="amber">{t('inbox.unsaved')}</Badge>
                  </span>
                ) : (
                  <bdi class={styles.soft} dir={allowedOrigins.length > 0 ? 'ltr' : undefined}>
                    {allowedOrigins.join(' · ') || t('inbox.anySite')}
                  </bdi>
                )}
              </button>
              <CopyButton text={snippetOf(serverUrl, key)} label={t('inbox.copySnippet')} copiedLabel={t('action.copied')} />
            </li>
          );
        })}
      </ul>
      <Button icon="plus" onClick={onAdd}>
        {t('inbox.add')}
      </Button>
    </section>
  );
}
