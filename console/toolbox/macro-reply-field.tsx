import type { SignedInAgent } from '../../shared/agent.ts';
import type { MacroSteps } from '../../shared/macro.ts';
import type { Repertoire } from '../canned/repertoire.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { TextsField } from './texts-field.tsx';
import styles from './toolbox.module.css';

interface MacroReplyFieldProps {
  me: SignedInAgent;
  repertoire: Repertoire;
  steps: MacroSteps;
  onChange: (steps: Partial<MacroSteps>) => void;
}

/** Nothing is said, a canned response is, or a text that only this macro has. */
export function MacroReplyField({ me, repertoire, steps: { reply }, onChange }: MacroReplyFieldProps) {
  const kind = reply === null ? 'none' : 'texts' in reply ? 'texts' : 'canned';
  const canned = repertoire.canned.turn.value < 0 ? [] : [...repertoire.canned.all()];
  const options = canned
    .map(({ id, title, shortcut }) => ({ value: id, label: `${title} (/${shortcut})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const chosenId = reply && 'cannedId' in reply ? reply.cannedId : '';
  const isGone = chosenId !== '' && repertoire.canned.phase.value === 'ready' && !canned.some(({ id }) => id === chosenId);
  return (
    <fieldset class={styles.group}>
      <legend class={styles.label}>{t('macro.reply')}</legend>
      <Segmented
        label={t('macro.reply')}
        value={kind}
        options={[
          { value: 'none', label: t('macro.reply.none') },
          { value: 'texts', label: t('macro.reply.texts') },
          ...(canned.length > 0 || kind === 'canned' ? [{ value: 'canned' as const, label: t('macro.reply.canned') }] : []),
        ]}
        onChoose={(next) =>
          onChange({ reply: next === 'none' ? null : next === 'texts' ? { texts: {} } : { cannedId: options[0]?.value ?? '' } })
        }
      />
      {reply && 'texts' in reply && (
        <TextsField
          label={t('canned.text')}
          texts={reply.texts}
          agentName={me.name}
          business={me.business}
          onChange={(texts) => onChange({ reply: { texts } })}
        />
      )}
      {reply && 'cannedId' in reply && (
        <SelectField
          label={t('macro.reply.canned')}
          value={reply.cannedId}
          options={[...(isGone ? [{ value: chosenId, label: t('macro.reply.gone') }] : []), ...options]}
          onChoose={(cannedId) => onChange({ reply: { cannedId } })}
        />
      )}
    </fieldset>
  );
}
