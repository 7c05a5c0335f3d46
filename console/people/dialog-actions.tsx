import type { ComponentChildren } from 'preact';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';

interface DialogActionsProps {
  /** Id of the form in the dialog. */
  form: string;
  /** What sending it does. */
  submit: string;
  isBusy?: boolean;
  onCancel: () => void;
  /** What else may be done, before the two. */
  children?: ComponentChildren;
}

/** Away without a change, or send the form. */
export function DialogActions({ form, submit, isBusy = false, onCancel, children }: DialogActionsProps) {
  return (
    <>
      {children}
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
      <Button type="submit" form={form} look="primary" isBusy={isBusy}>
        {submit}
      </Button>
    </>
  );
}
