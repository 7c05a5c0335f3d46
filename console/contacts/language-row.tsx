import { t } from '../texts/texts.ts';
import type { CardRowProps } from './card-row.ts';
import { DetailRow } from './detail-row.tsx';
import { Pickable } from './in-place.tsx';

/** Those that people write in most; any other that a browser has told stays as it is. */
const usual = ['he', 'en', 'ar', 'ru', 'fr', 'es', 'de', 'am', 'uk', 'yi', 'it', 'pt', 'tr', 'ro', 'hu', 'pl', 'fa', 'zh', 'th', 'tl'];

/** The language that this person speaks. */
export function LanguageRow({ edits, mayEdit }: CardRowProps) {
  const { locale } = edits.contact;
  if (locale === null && !mayEdit) return null;
  const tags = locale === null || usual.includes(locale) ? usual : [locale, ...usual];
  return (
    <DetailRow icon="globe" label={t('contact.locale')}>
      <Pickable
        mayEdit={mayEdit}
        label={t('contact.locale')}
        editLabel={t('card.editLanguage')}
        value={locale === null ? '' : languageName(locale)}
        placeholder={t('contact.add')}
        chosen={locale}
        options={tags.map((tag) => ({ key: tag, label: languageName(tag) }))}
        clearLabel={t('card.none')}
        emptyLabel={t('card.nothingFound')}
        onPick={(tag) => edits.patch({ locale: tag })}
      />
    </DetailRow>
  );
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
