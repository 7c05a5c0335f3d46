import type { Invitation } from '../../shared/invitation.ts';
import { languageNames } from '../../shared/language.ts';
import { language, t } from '../texts/texts.ts';

/** When a rule shows its invitation, as one would say it. */
export function invitationSentence(rule: Invitation): string {
  const list = (parts: string[], type: Intl.ListFormatType) => new Intl.ListFormat(language.value, { type }).format(parts);
  const who = rule.isReturning === null ? t('inbox.when.anybody') : t(rule.isReturning ? 'inbox.when.returning' : 'inbox.when.firstTime');
  const where =
    rule.pages.length === 0
      ? t('inbox.when.everyPage')
      : t('inbox.when.onPages', {
          pages: list(
            rule.pages.map((page) => `\u2066${page}\u2069`),
            'disjunction',
          ),
        });
  const conditions = [
    rule.afterSeconds !== null && t('inbox.when.after', { count: rule.afterSeconds }),
    rule.scrolledPercent !== null && t('inbox.when.scrolled', { percent: rule.scrolledPercent }),
    rule.onExitIntent && t('inbox.when.exit'),
    rule.cartValueMin !== null && t('inbox.when.cart', { value: rule.cartValueMin }),
    rule.languages.length > 0 &&
      t('inbox.when.languages', {
        names: list(
          rule.languages.map((one) => languageNames[one]),
          'disjunction',
        ),
      }),
    rule.hours !== 'any' && t(`inbox.when.${rule.hours}`),
  ].filter((part) => part !== false);
  const when = conditions.length === 0 ? t('inbox.when.atOnce') : list(conditions, 'conjunction');
  return `${t('inbox.when.sentence', { who, where, when })} ${t('inbox.when.once', { count: rule.onceInDays })}`;
}
