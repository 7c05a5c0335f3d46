import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import css from './page-form.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

/** What the forms that stand in the chat's place share. */
export function useFormStyle(form: RefObject<HTMLFormElement | null>): void {
  useStyle(form, css);
}

/** Puts the keyboard where the page begins. One that stands as it stood on the page before takes no focus from that page. */
export function useFirstFocus(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    if (navigator.userActivation?.hasBeenActive !== false) form.current?.querySelector<HTMLElement>('input, .primary')?.focus();
  }, []);
}

interface FormActionsProps {
  submitLabel: string;
  isBusy?: boolean;
  onCancel: () => void;
}

export function FormActions({ submitLabel, isBusy, onCancel }: FormActionsProps) {
  const { t } = useSpeech();
  return (
    <div class="actions">
      <button type="submit" class="primary" aria-busy={isBusy || undefined}>
        {submitLabel}
      </button>
      <button type="button" class="secondary" onClick={onCancel}>
        {t('cancel')}
      </button>
    </div>
  );
}

interface FormDoneProps {
  title: string;
  text: string;
  onBack: () => void;
  children?: ComponentChildren;
}

/** In the form's place once it is carried out; Enter leads back. */
export function FormDone({ title, text, onBack, children }: FormDoneProps) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form);
  return (
    <form ref={form} class="page" onSubmit={onBack}>
      <h3>{title}</h3>
      <p role="status">{text}</p>
      {children}
      <div class="actions">
        <button type="submit" class="primary">
          {t('backToChat')}
        </button>
      </div>
    </form>
  );
}
