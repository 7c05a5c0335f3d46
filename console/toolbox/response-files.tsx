import { useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES, ATTACHMENTS_MAX, type UploadedFile } from '../../shared/attachment.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatBytes } from '../ui/format-bytes.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import rows from '../ui/rows.module.css';
import styles from './toolbox.module.css';

interface ResponseFilesProps {
  http: Http;
  files: readonly UploadedFile[];
  onChange: (files: readonly UploadedFile[]) => void;
}

/** The files that come with a canned response. They go up at once, and are its own when it is saved. */
export function ResponseFiles({ http, files, onChange }: ResponseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [arriving, setArriving] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef({ files, onChange });
  latest.current = { files, onChange };
  const add = async (chosen: readonly File[]) => {
    setProblem(null);
    for (const file of chosen) {
      if (latest.current.files.length >= ATTACHMENTS_MAX) return setProblem(t('files.tooMany', { limit: ATTACHMENTS_MAX }));
      setArriving((count) => count + 1);
      const reply = await http.upload(file);
      setArriving((count) => count - 1);
      if (reply.ok) latest.current.onChange([...latest.current.files, reply.data]);
      else setProblem(`${t('files.refused', { name: file.name })} ${errorText(reply.error)}`);
    }
  };
  return (
    <div class={styles.files}>
      <h3 class={styles.label}>{t('canned.files')}</h3>
      {files.length > 0 && (
        <ul class={styles.fileList}>
          {files.map((file) => (
            <li key={file.id} class={styles.file}>
              <Icon name="paperclip" size="small" />
              <OneLine text={file.name} />
              <span class={styles.faint}>{formatBytes(file.size)}</span>
              <IconButton
                icon="x"
                label={t('files.remove', { name: file.name })}
                onClick={() => onChange(files.filter(({ id }) => id !== file.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button icon="paperclip" isBusy={arriving > 0} onClick={() => input.current?.click()}>
          {t('files.attach')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPTED_FILES}
          onChange={(event) => {
            void add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {problem && (
        <p class={rows.error} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
