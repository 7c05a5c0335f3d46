import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { language, t } from '../texts/texts.ts';
import field from '../ui/field.module.css';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './time-zone-field.module.css';
import { findZones, type ZoneChoice, zoneChoices } from './time-zones.ts';

const SHOWN_MAX = 40;

interface TimeZoneFieldProps {
  value: string;
  error: string | undefined;
  onChange: (zone: string) => void;
}

/** A time zone, found by typing its city or its name. Leaving the field without choosing keeps the one that was. */
export function TimeZoneField({ value, error, onChange }: TimeZoneFieldProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const choices = typed === null ? [] : findZones(typed, zoneChoices(value, screenClock.value)).slice(0, SHOWN_MAX);
  const isOpen = typed !== null;
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, typed]);
  const choose = (choice: ZoneChoice | undefined) => {
    setTyped(null);
    if (choice) onChange(choice.id);
  };
  const press = (event: KeyboardEvent) => {
    const moves: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = moves[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setActive((active + step + choices.length) % Math.max(choices.length, 1));
      else search('');
    }
    if (!isOpen) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(choices[active]);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      setTyped(null);
    }
  };
  const search = (text: string) => {
    setTyped(text);
    setActive(0);
  };
  const time = new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: value }).format(
    screenClock.value,
  );
  return (
    <div ref={box} class={field.field}>
      <label class={field.label} for={id}>
        {t('hours.zone')}
      </label>
      <div class={styles.box}>
        <input
          id={id}
          class={field.input}
          type="text"
          role="combobox"
          autoComplete="off"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={choices[active] ? `${id}-${active}` : undefined}
          aria-describedby={`${id}-hint`}
          aria-invalid={error ? true : undefined}
          placeholder={t('hours.zoneSearch')}
          value={typed ?? value.replaceAll('_', ' ')}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={press}
          onBlur={() => setTyped(null)}
          onInput={(event) => search(event.currentTarget.value)}
        />
        <div class={styles.list} id={`${id}-list`} role="listbox" aria-label={t('hours.zone')} hidden={choices.length === 0}>
          {choices.map((choice, place) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            <div
              key={choice.id}
              id={`${id}-${place}`}
              class={styles.choice}
              role="option"
              aria-selected={place === active}
              // The field keeps the focus, and with it the list.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              <bdi>{choice.city}</bdi>
              <span class={styles.soft}>
                <bdi>{choice.name}</bdi> · <bdi dir="ltr">{choice.offset}</bdi>
              </span>
            </div>
          ))}
        </div>
        {isOpen && choices.length === 0 && (
          <p class={styles.list} role="status">
            {t('hours.zoneNone')}
          </p>
        )}
      </div>
      <p class={field.hint} id={`${id}-hint`}>
        {error ?? t('hours.zoneNow', { time })}
      </p>
    </div>
  );
}
