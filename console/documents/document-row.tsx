import { useRef, useState } from 'preact/hooks';
import type { FileDocument } from '../../shared/document.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { formatBytes } from '../ui/format-bytes.ts';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { isPreviewed } from './document-preview.tsx';
import styles from './documents-section.module.css';

interface DocumentRowProps {
  item: FileDocument;
  http: Http;
  mayChange: boolean;
  /** Kept with something other than what is looked at. */
  isElsewhere: boolean;
  onOpen: (item: FileDocument) => void;
  onRemove: (item: FileDocument) => Promise<void>;
  onRenamed: (item: FileDocument) => void;
}

export function DocumentRow({ item, http, mayChange, isElsewhere, onOpen, onRemove, onRenamed }: DocumentRowProps) {
  const { id, name, url, size, scan, agent, createdAt } = item;
  const [isRenaming, setIsRenaming] = useState(false);
  const pencil = useRef<HTMLSpanElement>(null);
  const stopRenaming = () => {
    setIsRenaming(false);
    requestAnimationFrame(() => document.activeElement === document.body && pencil.current?.querySelector('button')?.focus());
  };
  const rename = async (typed: string): Promise<string | null> => {
    const reply = await http.patch<FileDocument>(`/documents/${id}`, { name: typed });
    if (!reply.ok) return errorText(reply.error);
    onRenamed(reply.data);
    return null;
  };
  return (
    <li class={styles.row}>
      {url !== null && isPreviewed(item) ? (
        <button type="button" class={styles.face} tabIndex={-1} aria-hidden="true" onClick={() => onOpen(item)}>
          {item.width !== null ? <img class={styles.thumb} src={url} alt="" loading="lazy" /> : <Icon name="eye" />}
        </button>
      ) : (
        <span class={styles.face}>
          <Icon name="paperclip" />
        </span>
      )}
      <div class={styles.words}>
        {isRenaming ? (
          <EditInPlace
            startsOpen
            onStop={stopRenaming}
            label={t('documents.nameLabel')}
            editLabel={t('documents.rename', { name })}
            value={name}
            placeholder={name}
            maxLength={160}
            onSave={(typed) => (typed === '' ? Promise.resolve(null) : rename(typed))}
          />
        ) : (
          <DocumentName item={item} onOpen={onOpen} />
        )}
        <span class={styles.facts}>
          <span>{formatBytes(size)}</span>
          <RelativeTime at={createdAt} />
          <span>{agent ? t('timeline.by', { name: agent.name }) : t('documents.byMail')}</span>
          {isElsewhere && item.entity === 'ticket' && <a href={`/console/tickets/${item.entityId}`}>{t('documents.of.ticket')}</a>}
          {isElsewhere && item.entity === 'opportunity' && <Badge>{t('documents.of.opportunity')}</Badge>}
          {scan === 'waiting' && (
            <Badge tone="amber" title={t('documents.waiting')}>
              {t('documents.waitingShort')}
            </Badge>
          )}
          {scan === 'infected' && (
            <Badge tone="red" title={t('documents.infected')}>
              {t('documents.infectedShort')}
            </Badge>
          )}
        </span>
      </div>
      {mayChange && !isRenaming && (
        <span ref={pencil} class={styles.pencil}>
          <IconButton icon="pencil" label={t('documents.rename', { name })} onClick={() => setIsRenaming(true)} />
        </span>
      )}
      {url !== null && (
        <a class={styles.tool} href={`${url}?download`} aria-label={t('files.download', { name })} title={t('files.download', { name })}>
          <Icon name="download" />
        </a>
      )}
      {mayChange && <IconButton icon="trash-2" label={t('documents.remove', { name })} onClick={() => void onRemove(item)} />}
    </li>
  );
}

/** Pressed, it opens here, or is downloaded where nothing here can show it. */
function DocumentName({ item, onOpen }: Pick<DocumentRowProps, 'item' | 'onOpen'>) {
  const { name, url } = item;
  if (url === null) return <bdi class={styles.name}>{name}</bdi>;
  if (isPreviewed(item)) {
    return (
      <button
        type="button"
        class={`${styles.name} ${styles.opens}`}
        aria-label={t('documents.open', { name })}
        onClick={() => onOpen(item)}
      >
        <bdi>{name}</bdi>
      </button>
    );
  }
  return (
    <a class={`${styles.name} ${styles.opens}`} href={`${url}?download`}>
      <bdi>{name}</bdi>
    </a>
  );
}
