import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.tsx';
import type { Edits } from './edits.ts';
import styles from './save-bar.module.css';

interface SaveBarProps<Subject extends string> {
  edits: Edits<Subject>;
  /** The id of the form that saves. */
  form: string;
  /** What people call what is changed: "Look and Texts". */
  namesOf: (subjects: readonly Subject[]) => string;
}

/** What is not saved, and what to do about it. */
export function SaveBar<Subject extends string>({ edits, form, namesOf }: SaveBarProps<Subject>) {
  const changed = edits.changed.value;
  const clashes = edits.clashes.value;
  const refusal = edits.refusal.value;
  const isBusy = edits.isSaving.value;
  const discard = () => {
    const takeBack = edits.discard();
    showToast({ text: t('inbox.discarded'), action: { label: t('action.undo'), run: takeBack } });
  };
  if (clashes.length > 0) {
    return (
      <div class={styles.bar} role="alert">
        <p class={styles.text}>
          <Icon name="triangle-alert" />
          {t('inbox.clash', { names: namesOf(clashes) })}
        </p>
        <Button onClick={edits.takeTheirs}>{t('inbox.takeTheirs')}</Button>
        <Button look="primary" isBusy={isBusy} onClick={() => void edits.keepMine()}>
          {t('inbox.keepMine')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p class="visually-hidden" role="status">
        {changed.length > 0 ? t('inbox.unsaved') : ''}
      </p>
      {changed.length > 0 && (
        <section class={styles.bar} aria-label={t('inbox.unsaved')}>
          {refusal ? (
            <p class={styles.problem} role="alert">
              <Icon name="circle-alert" />
              {errorText(refusal)} {t('inbox.nothingLost')}
            </p>
          ) : (
            <p class={styles.text}>{t('inbox.unsavedParts', { names: namesOf(changed) })}</p>
          )}
          <Button look="quiet" onClick={discard}>
            {t('inbox.discard')}
          </Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </section>
      )}
    </>
  );
}
