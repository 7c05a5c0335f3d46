import { useRef, useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import { cutPhoto } from './photo-cut.ts';
import styles from './photo-field.module.css';

interface PhotoFieldProps {
  http: Http;
  me: SignedInAgent;
  onChanged: (agent: SignedInAgent) => void;
}

/** One's own face, for colleagues and visitors. Chosen or dropped, and there at once. */
export function PhotoField({ http, me, onChanged }: PhotoFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const change = async (asking: () => Promise<Reply<SignedInAgent>>) => {
    setIsBusy(true);
    const reply = await asking();
    setIsBusy(false);
    setProblem(reply.ok ? null : errorText(reply.error));
    if (reply.ok) onChanged(reply.data);
  };
  const take = async (file: File | undefined) => {
    if (!file || isBusy) return;
    setIsBusy(true);
    const photo = await cutPhoto(file);
    setIsBusy(false);
    if (!photo) return setProblem(t('photo.unreadable'));
    const form = new FormData();
    form.set('file', photo, photo.type === 'image/webp' ? 'photo.webp' : 'photo.jpg');
    await change(() => http.post<SignedInAgent>('/profile/photo', form));
  };

  const drop = useFileDrop((file) => void take(file));

  return (
    <section aria-label={t('photo.label')} class={[styles.field, drop.isOver && styles.over].filter(Boolean).join(' ')} {...drop.target}>
      <Avatar name={me.name} seed={me.id} imageUrl={me.avatarUrl} size="large" />
      <div class={styles.side}>
        <div class={styles.buttons}>
          <Button icon="camera" isBusy={isBusy} onClick={() => input.current?.click()}>
            {me.avatarUrl ? t('photo.change') : t('photo.add')}
          </Button>
          {me.avatarUrl && (
            <Button look="quiet" onClick={() => void change(() => http.delete<SignedInAgent>('/profile/photo'))}>
              {t('photo.remove')}
            </Button>
          )}
        </div>
        <p class={styles.hint}>{t('photo.hint')}</p>
        {problem && (
          <p class={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={t('photo.add')}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}
