import { t } from '../texts/texts.ts';

/** What to call somebody on screen: those who gave no name are told apart by the beginning of their id. */
export function contactName({ id, name }: { id: string; name: string | null }): string {
  return (
    name ??
    t('contact.unnamed', {
      mark: id
        .replace(/[^a-z0-9]/gi, '')
        .slice(0, 4)
        .toUpperCase(),
    })
  );
}
