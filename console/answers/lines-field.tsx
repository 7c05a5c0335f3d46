import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { plainLine } from './answer-draft.ts';
import { LineRow } from './line-row.tsx';
import styles from './lines-field.module.css';

interface LinesFieldProps {
  label: string;
  hint?: string;
  /** "Phrasing 3" */
  nameOf: (number: number) => string;
  lines: readonly string[];
  /** Said already somewhere else: in the title question. */
  taken?: readonly string[];
  max: number;
  maxLength: number;
  placeholder: string;
  lang?: string;
  error?: ((place: number) => string | undefined) | undefined;
  onChange: (lines: string[]) => void;
}

/**
 * Any number of short lines, for fast hands: Enter begins the next, a paste of many lines makes as many, Backspace in an empty one
 * takes it away, and the arrows walk. The last one is empty and waits.
 */
export function LinesField(props: LinesFieldProps) {
  const { label, hint, nameOf, lines, taken = [], max, maxLength, placeholder, lang, error, onChange } = props;
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const fields = list.current?.querySelectorAll('input');
    standIn(fields?.[Math.min(wanted.current, fields.length - 1)]);
    wanted.current = null;
  });
  const isFull = lines.length >= max;
  const shown = isFull || lines.at(-1) === '' ? lines : [...lines, ''];
  /** What there is no room for is left out, never what stands there. */
  const put = (place: number, typed: readonly string[]) => {
    const others = place < lines.length ? lines.length - 1 : lines.length;
    onChange([...lines.slice(0, place), ...typed.slice(0, max - others), ...lines.slice(place + 1)]);
  };
  const remove = (place: number, focusAt: number) => {
    wanted.current = Math.max(0, focusAt);
    put(place, []);
  };
  const walk = (place: number, event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.isComposing) return;
    const fields = list.current?.querySelectorAll('input');
    if (event.key === 'Enter') {
      event.preventDefault();
      if (lines[place] === undefined || lines[place] === '') return;
      if (shown[place + 1] === '') return standIn(fields?.[place + 1]);
      if (isFull) return;
      wanted.current = place + 1;
      put(place, [lines[place] ?? '', '']);
    } else if (event.key === 'Backspace' && event.currentTarget.value === '' && place > 0) {
      event.preventDefault();
      if (place < lines.length) remove(place, place - 1);
      else standIn(fields?.[place - 1]);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = fields?.[place + (event.key === 'ArrowUp' ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      standIn(next);
    }
  };
  const plain = [...taken.map(plainLine), ...lines.map(plainLine)];
  return (
    <fieldset class={styles.field} aria-labelledby={id} aria-describedby={hint ? `${id}-hint` : undefined}>
      <p id={id} class={styles.label}>
        {label}
      </p>
      {hint && (
        <p id={`${id}-hint`} class={styles.hint}>
          {hint}
        </p>
      )}
      <ol ref={list} class={styles.list}>
        {shown.map((line, place) => {
          const first = plainLine(line) === '' ? -1 : plain.indexOf(plainLine(line));
          const isTwin = first !== -1 && first !== place + taken.length;
          const twin = first < taken.length ? t('answers.twinOfTitle') : t('answers.twin', { name: nameOf(first - taken.length + 1) });
          const fault = error?.(place);
          return (
            <LineRow
              key={place}
              id={`${id}-${place}`}
              line={line}
              name={nameOf(place + 1)}
              number={place < lines.length ? place + 1 : null}
              told={fault ?? (isTwin ? twin : undefined)}
              tone={fault ? 'fault' : isTwin ? 'twin' : null}
              maxLength={maxLength}
              placeholder={placeholder}
              lang={lang}
              onInput={(typed) => put(place, [typed])}
              onKeyDown={(event) => walk(place, event)}
              onLines={(pasted) => {
                wanted.current = place + pasted.length - 1;
                put(place, pasted);
              }}
              onRemove={() => remove(place, place)}
            />
          );
        })}
      </ol>
      {isFull && <p class={styles.hint}>{t('answers.full', { count: max })}</p>}
    </fieldset>
  );
}

/** Behind the last letter, wherever the caret was before. */
function standIn(input: HTMLInputElement | undefined): void {
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}
