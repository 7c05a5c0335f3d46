import type { ErrorReply } from '../../shared/errors.ts';
import { type TextKey, t } from './texts.ts';

const sentences = {
  invalid: 'error.invalid',
  unauthenticated: 'error.unauthenticated',
  forbidden: 'error.forbidden',
  'not-found': 'error.notFound',
  conflict: 'error.conflict',
  stale: 'error.stale',
  'too-large': 'error.tooLarge',
  'too-many': 'error.tooMany',
  unavailable: 'error.unavailable',
  internal: 'error.internal',
} as const satisfies Record<ErrorReply['code'], TextKey>;

/** A refusal in the language of the screen; the server's own sentence is for developers. */
export function errorText({ code }: Pick<ErrorReply, 'code'>): string {
  return t(sentences[code]);
}
