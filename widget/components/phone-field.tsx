import { useMemo } from 'preact/hooks';
import { groupDigits, guessCountry, type PhoneRules, phoneCountries, toInternational } from '../phone-countries.ts';
import type { FormValues } from '../pre-chat-fields.ts';
import { useSpeech } from './speech.ts';

export const phoneRules: PhoneRules = { guessCountry, toInternational };

export interface PhoneFieldProps {
  /** What every input of the form has. */
  shared: object;
  value: string;
  /** As chosen; guessed until then. */
  country: string | undefined;
  onInput: (said: FormValues) => void;
}

export function PhoneField({ shared, value, country = guessCountry(), onInput }: PhoneFieldProps) {
  const { t, language } = useSpeech();
  const names = useMemo(() => sortedCountries(language), [language]);
  const type = (input: HTMLInputElement) => {
    // Whoever corrects in the middle, or deletes, is left alone.
    const isAtEnd = input.selectionStart === input.value.length;
    onInput({ phone: isAtEnd && input.value.length > value.length ? groupDigits(input.value, country) : input.value });
  };
  return (
    <div class="phone">
      <input
        {...shared}
        type="tel"
        list={undefined}
        autoComplete="tel"
        maxLength={30}
        dir="ltr"
        value={value}
        onInput={(event) => type(event.currentTarget)}
      />
      <select dir="ltr" aria-label={t('country')} value={country} onChange={(event) => onInput({ country: event.currentTarget.value })}>
        {names.map(({ code, dial, name }) => (
          <option key={code} value={code}>
            {`+${dial} ${name}`}
          </option>
        ))}
      </select>
    </div>
  );
}

/** By their names in this language, the home country first. */
function sortedCountries(language: string) {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const [home, ...others] = phoneCountries.map((country) => ({ ...country, name: names.of(country.code) ?? country.code }));
  others.sort((a, b) => a.name.localeCompare(b.name, language));
  return home ? [home, ...others] : others;
}
