import type { Answer } from '../../shared/automatic-answer.ts';
import type { DeflectionAnswer } from '../../shared/deflection.ts';
import { language, t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import type { Counted } from './deflected-dialog.tsx';
import styles from './given-answers.module.css';

/** How often each answer was given, and what was said of it. A row opens the conversations in which it was given. */
export function GivenAnswers({
  given,
  known,
  onOpen,
}: {
  given: readonly DeflectionAnswer[];
  known: readonly Answer[];
  onOpen: (counted: Counted) => void;
}) {
  if (given.length === 0) return null;
  const titleOf = (answerId: string) => {
    const question = known.find(({ id }) => id === answerId)?.question;
    return question?.[language.value] ?? Object.values(question ?? {})[0] ?? t('deflection.unknownAnswer');
  };
  return (
    <div class={styles.frame}>
      <table class={styles.table}>
        <caption class={styles.caption}>{t('deflection.answers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('deflection.question')}</th>
            <th scope="col">{t('deflection.given')}</th>
            <th scope="col">{t('deflection.helpful')}</th>
            <th scope="col">{t('deflection.unhelpful')}</th>
          </tr>
        </thead>
        <tbody>
          {given.map(({ answerId, given: times, helpful, unhelpful }) => (
            <tr key={answerId}>
              <th scope="row">
                <button type="button" dir="auto" onClick={() => onOpen({ title: titleOf(answerId), answerId })}>
                  {titleOf(answerId)}
                </button>
              </th>
              <td>{formatNumber(times)}</td>
              <td>{formatNumber(helpful)}</td>
              <td>{formatNumber(unhelpful)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
