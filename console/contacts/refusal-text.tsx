import type { ComponentChildren } from 'preact';
import type { ErrorReply } from '../../shared/errors.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';

/** Why a change of a file was not kept; `invalid` says what the field can hold. Whose file is in the way is one click away. */
export function refusalText(error: ErrorReply, invalid?: string): ComponentChildren {
  if (error.code === 'invalid' || error.code === 'too-large') return invalid ?? errorText(error);
  if (error.code === 'stale') return t('card.stale');
  if (error.code === 'conflict' && error.subjectId !== undefined && error.field !== 'contactId') {
    return (
      <>
        {t('card.heldElsewhere')} <a href={`/console/contacts/${error.subjectId}`}>{t('card.openOther')}</a>
      </>
    );
  }
  return errorText(error);
}
