import type { ErrorReply } from '../../shared/errors.ts';
import { t } from '../texts/texts.ts';

interface FieldProblems {
  name?: string;
  key?: string;
  choices?: string;
  currency?: string;
  /** Said under the form, because no field of it is to blame. */
  isElsewhere: boolean;
}

/** A refusal as the fields of the form say it. */
export function fieldProblems(refusal: ErrorReply | null): FieldProblems {
  const subject = refusal?.field?.split('.')[0];
  if (subject === 'name') return { name: t('fields.error.name'), isElsewhere: false };
  if (subject === 'key') return { key: t(refusal?.code === 'conflict' ? 'fields.error.keyTaken' : 'fields.error.key'), isElsewhere: false };
  if (subject === 'choices') return { choices: t('fields.error.choices'), isElsewhere: false };
  if (subject === 'currency') return { currency: t('fields.error.currency'), isElsewhere: false };
  return { isElsewhere: refusal !== null };
}
