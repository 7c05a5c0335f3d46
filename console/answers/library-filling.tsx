import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { showToast } from '../ui/toast.tsx';
import { questionIn } from './answer-draft.ts';
import { answerPath } from './answer-path.ts';
import { blanksIn } from './blanks.ts';
import { BusinessFields } from './business-fields.tsx';
import { FillInText } from './fill-in-text.tsx';
import styles from './library.module.css';
import type { LibraryDraft } from './library-draft.ts';

interface LibraryFillingProps {
  http: Http;
  chosen: readonly ReadyAnswer[];
  draft: LibraryDraft;
  business: string;
  onBack: () => void;
}

/** What is true of the whole business once, then each answer with what is left open in it. */
export function LibraryFilling({ http, chosen, draft, business, onBack }: LibraryFillingProps) {
  const { route } = useLocation();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const languages = draft.languages.value;
  const offered = (['he', 'en', 'ar', 'ru'] as const).filter((one) => chosen.some(({ answer }) => answer[one]));
  const isOpen = (ready: ReadyAnswer) => languages.some((one) => blanksIn(draft.filled(ready, one)).length > 0);
  const open = chosen.filter(isOpen).length;
  const toggle = (one: Language, isChosen: boolean) => {
    const next = offered.filter((other) => (other === one ? isChosen : languages.includes(other)));
    if (next.length > 0) draft.languages.value = next;
  };
  const make = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    const reply = await http.post<{ items: Answer[] }>('/answers/from-library', draft.requestFor(chosen));
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    draft.forget();
    const count = reply.data.items.length;
    showToast({ text: open > 0 ? t('answers.madeOpen', { count, open }) : t('answers.made', { count }) });
    route(answerPath());
  };
  if (chosen.length === 0) {
    return (
      <EmptyState icon="list-checks" title={t('answers.chosenNone')}>
        <Button onClick={onBack}>{t('answers.backToChoice')}</Button>
      </EmptyState>
    );
  }
  return (
    <form class={styles.filling} onSubmit={make} noValidate>
      <Card title={t('answers.fillLanguages')} text={t('answers.fillLanguagesHint')}>
        <fieldset class={styles.checks} aria-label={t('answers.fillLanguages')}>
          {offered.map((one) => (
            <CheckField key={one} label={languageNames[one]} isChecked={languages.includes(one)} onChange={(isOn) => toggle(one, isOn)} />
          ))}
        </fieldset>
      </Card>
      <BusinessFields chosen={chosen} draft={draft} business={business} />
      <Card title={t('answers.fillEach')} text={t('answers.fillEachHint')}>
        <ul class={styles.texts}>
          {chosen.map((ready) => (
            <li key={ready.id} class={styles.one}>
              <div class={styles.oneHead}>
                <h3 dir="auto">{questionIn(ready.question, language.value)}</h3>
                {isOpen(ready) && <span class={styles.open}>{t('answers.stillOpen')}</span>}
                <IconButton
                  icon="x"
                  label={t('answers.leaveOut', { name: questionIn(ready.question, language.value) })}
                  onClick={() => draft.choose([ready.id], false)}
                />
              </div>
              {languages.map((one) => ready.answer[one] && <FillInText key={one} ready={ready} language={one} draft={draft} />)}
            </li>
          ))}
        </ul>
      </Card>
      <section class={styles.bar} aria-label={t('answers.chosen', { count: chosen.length })}>
        <p role={error ? 'alert' : 'status'} data-tone={error ? 'problem' : undefined}>
          {error
            ? `${errorText(error)} ${t('inbox.nothingLost')}`
            : open > 0
              ? t('answers.openLeft', { count: open })
              : t('answers.openNone')}
        </p>
        <Button onClick={onBack}>{t('answers.backToChoice')}</Button>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t('answers.make', { count: chosen.length })}
        </Button>
      </section>
    </form>
  );
}
