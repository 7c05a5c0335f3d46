import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { FileBrief } from '../../shared/merging.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { ChooseFileDialog } from './choose-file-dialog.tsx';
import styles from './file-tools.module.css';
import { SplitDialog } from './split-dialog.tsx';

interface FileToolsProps {
  http: Http;
  contact: Contact;
  /** The file that is to go into this one. */
  onChosen: (other: FileBrief) => void;
  onSplit: () => void;
}

/** On a file's page, for whoever may merge. */
export function FileTools({ http, contact, onChosen, onSplit }: FileToolsProps) {
  const [shown, setShown] = useState<'choose' | 'split' | null>(null);
  const close = () => setShown(null);
  return (
    <div class={styles.tools}>
      <Button size="small" look="quiet" icon="users" onClick={() => setShown('choose')}>
        {t('merge.with')}
      </Button>
      <Button size="small" look="quiet" icon="route" onClick={() => setShown('split')}>
        {t('split.open')}
      </Button>
      {shown === 'choose' && (
        <ChooseFileDialog
          http={http}
          exceptId={contact.id}
          onChosen={(other) => {
            close();
            onChosen(other);
          }}
          onClose={close}
        />
      )}
      {shown === 'split' && (
        <SplitDialog
          http={http}
          contact={contact}
          onSplit={() => {
            close();
            onSplit();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
