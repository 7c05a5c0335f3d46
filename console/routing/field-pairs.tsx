import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './routing.module.css';

interface Pair {
  key: string;
  value: string;
}

interface FieldPairsProps {
  pairs: readonly Pair[];
  error?: string | undefined;
  max?: number;
  onChange: (pairs: Pair[]) => void;
}

/** Fields of the customer file or of the page, with the value that each must have. */
export function FieldPairs({ pairs, error, max = 10, onChange }: FieldPairsProps) {
  const change = (place: number, next: Partial<Pair>) => onChange(pairs.map((pair, at) => (at === place ? { ...pair, ...next } : pair)));
  return (
    <fieldset class={styles.pairs}>
      <legend>{t('routing.fields')}</legend>
      {pairs.map((pair, place) => (
        <div key={place} class={styles.pair}>
          <TextField
            label={t('routing.fieldKey')}
            isLabelHidden
            placeholder={t('routing.fieldKey')}
            maxLength={60}
            autoComplete="off"
            value={pair.key}
            onInput={(key) => change(place, { key })}
          />
          <TextField
            label={t('routing.fieldValue')}
            isLabelHidden
            placeholder={t('routing.fieldValue')}
            maxLength={200}
            autoComplete="off"
            value={pair.value}
            onInput={(value) => change(place, { value })}
          />
          <IconButton icon="x" label={t('routing.removeField')} onClick={() => onChange(pairs.filter((_, at) => at !== place))} />
        </div>
      ))}
      {error && (
        <p class={styles.error} role="alert">
          <Icon name="circle-alert" size="small" />
          {error}
        </p>
      )}
      <div>
        <Button size="small" icon="plus" disabled={pairs.length >= max} onClick={() => onChange([...pairs, { key: '', value: '' }])}>
          {t('routing.addField')}
        </Button>
      </div>
    </fieldset>
  );
}
