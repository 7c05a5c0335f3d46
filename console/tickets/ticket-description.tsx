import { useState } from 'preact/hooks';
import type { TicketFile } from '../../shared/ticket.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextAreaField } from '../ui/field.tsx';
import styles from './ticket-page.module.css';
import { ticketProblem } from './ticket-words.ts';
import { isBegun, useBegun } from './use-begun.ts';
import type { TicketAtHand } from './use-ticket.ts';

/** What it is about, in as many words as it takes. What was begun stays until it is kept or dropped. */
export function TicketDescription({ file, mayEdit, change }: { file: TicketFile; mayEdit: boolean; change: TicketAtHand['change'] }) {
  const key = `description ${file.id}`;
  const [text, write, forget] = useBegun(key, file.description);
  const [isEditing, setIsEditing] = useState(isBegun(key));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const keep = async () => {
    setIsBusy(true);
    const reply = await change({ description: text });
    setIsBusy(false);
    if (!reply.ok) return setProblem(ticketProblem(reply.error));
    setProblem(null);
    forget();
    setIsEditing(false);
  };
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('tickets.description')}</h2>
      {isEditing ? (
        <>
          <TextAreaField
            label={t('tickets.description')}
            isLabelHidden
            rows={6}
            maxLength={8_000}
            value={text}
            onInput={write}
            error={problem ?? undefined}
          />
          <div class={styles.line}>
            <Button look="primary" size="small" isBusy={isBusy} onClick={keep}>
              {t('action.save')}
            </Button>
            <Button
              size="small"
              onClick={() => {
                forget();
                setProblem(null);
                setIsEditing(false);
              }}
            >
              {t('action.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {file.description === '' ? (
            <p class={styles.soft}>{t('tickets.descriptionEmpty')}</p>
          ) : (
            <p class={styles.prose} dir="auto">
              {file.description}
            </p>
          )}
          {mayEdit && (
            <Button
              class={styles.quiet}
              look="quiet"
              size="small"
              icon="pencil"
              onClick={() => {
                write(file.description);
                setIsEditing(true);
              }}
            >
              {t('tickets.edit')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
