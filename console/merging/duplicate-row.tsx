import type { FileBrief, Likeness } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import styles from './duplicate-row.module.css';
import { ReasonList } from './reason-list.tsx';

const LIKELY_FROM = 75;

interface DuplicateRowProps {
  likeness: Likeness;
  isBusy: boolean;
  onCompare: () => void;
  onRefuse: () => void;
}

export function DuplicateRow({ likeness, isBusy, onCompare, onRefuse }: DuplicateRowProps) {
  const { kind, contact, other, reasons, score } = likeness;
  return (
    <li class={styles.row}>
      <div class={styles.pair}>
        <Person file={contact} />
        <span class={styles.and}>{t('duplicate.and')}</span>
        <Person file={other} />
      </div>
      <div class={styles.why}>
        <Badge tone={score >= LIKELY_FROM ? 'green' : 'neutral'}>
          {t(score >= LIKELY_FROM ? 'duplicate.likely' : 'duplicate.possible')}
        </Badge>
        {kind === 'claim' && <Badge tone="accent">{t('duplicate.claim')}</Badge>}
        <ReasonList reasons={reasons} />
      </div>
      <div class={styles.actions}>
        <Button size="small" look="primary" onClick={onCompare}>
          {t('duplicate.compare')}
        </Button>
        <Button size="small" look="quiet" isBusy={isBusy} onClick={onRefuse}>
          {t('duplicate.refuse')}
        </Button>
      </div>
    </li>
  );
}

function Person({ file }: { file: FileBrief }) {
  return (
    <a class={styles.person} href={`/console/contacts/${file.id}`}>
      <Avatar name={file.name} seed={file.id} size="small" />
      <span class={styles.who}>
        <span class={styles.name} dir="auto">
          {contactName(file)}
        </span>
        <span class={styles.soft}>
          {file.company && <bdi>{file.company}</bdi>}
          {file.identities.slice(0, 2).map(({ kind, value }) => (
            <bdi key={kind + value} dir="ltr">
              {value}
            </bdi>
          ))}
        </span>
      </span>
    </a>
  );
}
