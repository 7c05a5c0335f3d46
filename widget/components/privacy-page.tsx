import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExportedData } from '../../shared/own-record.ts';
import type { AsideProps } from './aside-props.ts';
import css from './privacy-page.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

/** Take one's data along, or have it erased. */
export function PrivacyPage({ chat, onBack }: AsideProps) {
  const { t } = useSpeech();
  const page = useRef<HTMLDivElement>(null);
  useStyle(page, css);
  const [isAsked, setAsked] = useState(false);
  const [isErased, setErased] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const visitor = useValue(chat.visitor);
  const conversations = useValue(chat.conversations);
  useEffect(() => {
    page.current?.querySelector<HTMLElement>(isAsked ? '.calm' : 'button')?.focus();
  }, [isAsked, isErased]);

  const attempt = async <Data,>(event: string, payload: object): Promise<Data | null> => {
    if (isBusy) return null;
    setBusy(true);
    setFailed(false);
    const reply = await chat.ask<Data>(event, payload);
    setBusy(false);
    setFailed(!reply.ok);
    return reply.ok ? reply.data : null;
  };
  const download = async (kind: 'html' | 'json') => {
    const exported = await attempt<ExportedData>('data:export', {});
    if (!exported) return;
    const text = kind === 'html' ? exported.html : JSON.stringify(exported.data, null, 2);
    saveFile(`my-data.${kind}`, new Blob([text], { type: kind === 'html' ? 'text/html' : 'application/json' }));
  };
  const erase = async () => {
    if (!(await attempt<object>('data:erase', { confirm: 'erase' }))) return;
    setErased(true);
    setAsked(false);
    chat.reset();
  };

  return (
    <div ref={page} class="page">
      <h3>{t('myData')}</h3>
      <p class="why" role={isErased ? 'status' : undefined}>
        {t(isErased ? 'erased' : visitor?.isVerified ? 'myDataVerified' : 'myDataOwn')}
      </p>
      {isErased ? (
        <div class="deeds">
          <button type="button" onClick={onBack}>
            {t('backToChat')}
          </button>
        </div>
      ) : isAsked ? (
        <div class="confirm" role="alertdialog" aria-labelledby="kesher-erase">
          <p id="kesher-erase">{t(visitor?.isVerified ? 'eraseAll' : 'eraseOwn', { count: conversations.length })}</p>
          <button type="button" class="danger" aria-busy={isBusy || undefined} onClick={erase}>
            {t('eraseForGood')}
          </button>
          <button type="button" class="calm" onClick={() => setAsked(false)}>
            {t('cancel')}
          </button>
        </div>
      ) : (
        <div class="deeds">
          <button type="button" onClick={() => download('html')}>
            {t('downloadPage')}
          </button>
          <button type="button" onClick={() => download('json')}>
            {t('downloadJson')}
          </button>
          <button type="button" class="erase" onClick={() => setAsked(true)}>
            {t('erase')}
          </button>
          <button type="button" onClick={onBack}>
            {t('backToChat')}
          </button>
        </div>
      )}
      <p class="failed" role="alert">
        {hasFailed && t('couldNot')}
      </p>
    </div>
  );
}

function saveFile(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
