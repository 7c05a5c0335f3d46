import type { FileBrief } from '../../shared/merging.ts';
import { wasSeen } from '../../shared/was-seen.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from './file-heads.module.css';

/** Which of the two stays, and how to have it the other way round. */
export function FileHeads({ kept, other, onSwap }: { kept: FileBrief; other: FileBrief; onSwap: () => void }) {
  return (
    <div class={styles.heads}>
      <FileHead file={kept} role={t('merge.kept')} isKept />
      <FileHead file={other} role={t('merge.other')} />
      <Button class={styles.swap} size="small" look="quiet" icon="refresh-cw" onClick={onSwap}>
        {t('merge.swap')}
      </Button>
    </div>
  );
}

function FileHead({ file, role, isKept = false }: { file: FileBrief; role: string; isKept?: boolean }) {
  return (
    <div class={styles.head}>
      <Badge tone={isKept ? 'accent' : 'neutral'}>{role}</Badge>
      <span class={styles.who}>
        <Avatar name={file.name} seed={file.id} size="small" />
        <a class={styles.name} href={`/console/contacts/${file.id}`} target="_blank" rel="noreferrer" dir="auto">
          {contactName(file)}
        </a>
      </span>
      <span class={styles.soft}>
        {t(`contact.lifecycle.${file.lifecycle}`)} · {t(wasSeen(file) ? 'contact.lastSeen' : 'contact.opened')}{' '}
        <RelativeTime at={file.lastSeenAt} />
      </span>
    </div>
  );
}
