import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { toLinkLetter } from '../../server/entrance/link-letter.ts';
import { nothingFiled } from '../../server/privacy/filed-record.ts';
import { toPage } from '../../server/privacy/own-record-page.ts';
import { ownRecordTexts } from '../../server/privacy/texts/own-record-texts.ts';
import { toLetter } from '../../server/transcripts/transcript-letter.ts';
import { directionOf, type Language, languageNames } from '../../shared/language.ts';
import type { Message } from '../../shared/message.ts';
import type { OwnRecord } from '../../shared/own-record.ts';

const createdAt = Date.UTC(2025, 2, 3, 9, 7);
const message: Message = {
  id: nanoid(),
  conversationId: nanoid(),
  seq: 1,
  author: { kind: 'visitor' },
  visibility: 'public',
  text: '10482?',
  attachments: [],
  createdAt,
};
const record: OwnRecord = {
  exportedAt: createdAt,
  business: 'Acme',
  isVerified: false,
  isShortened: true,
  profile: {
    id: nanoid(),
    isVerified: false,
    name: null,
    email: null,
    phone: null,
    company: null,
    fields: {},
    locale: 'ja',
    consentAt: createdAt,
    consentText: '10482',
    firstSeenAt: createdAt,
    lastSeenAt: createdAt,
    lastPage: { url: 'https://acme.example/', title: '' },
    tags: [],
    lifecycle: null,
  },
  ...nothingFiled,
  identities: [{ kind: 'phone', value: '+972501234567', isVerified: true }],
  conversations: [
    {
      id: message.conversationId,
      startedAt: createdAt,
      endedAt: null,
      messages: [{ author: message.author, text: message.text, attachments: [], createdAt }],
    },
  ],
  ratings: [{ conversationId: message.conversationId, score: 4, comment: '', ratedAt: createdAt }],
  callbacks: [{ phone: '+972501234567', dueAt: createdAt, note: '', requestedAt: createdAt, doneAt: createdAt, outcome: '', tries: [] }],
  events: [{ name: '10482', properties: { 1: '2' }, at: createdAt }],
  activities: [{ kind: 'email', at: 1, direction: 'in', title: 'x', text: 'x' }],
  tickets: [{ number: 1, subject: '10482', status: '', update: null, openedAt: createdAt }],
  letters: [{ to: 'ruth@acme.example', subject: '', at: createdAt }],
};

test('a business whose name looks like a pattern is called just that', () => {
  const business = '$& {zone} $1';
  const parts = { visitorName: null, messages: [message], isShortened: false, language: 'en', locale: 'en', timeZone: 'UTC' } as const;
  const letters = [
    toLetter({ ...parts, business }),
    toLinkLetter({ kind: 'invitation', url: 'https://acme.example/', business, language: 'en' }),
  ];
  for (const { subject, text, html } of letters) {
    expect(subject).toContain(business);
    expect(text).toContain(business);
    expect(html).toContain('$&amp; {zone} $1');
  }
});

describe.each(Object.keys(languageNames) as Language[])('a visitor who reads %s', (language) => {
  test('is sent the conversation in that language, with every place filled', () => {
    const parts = { business: 'Acme', visitorName: null, messages: [message], isShortened: true, language, timeZone: 'UTC' };
    const { subject, text, html } = toLetter({ ...parts, locale: language === 'ar' ? 'ar-EG' : language });
    expect(subject).toContain('Acme');
    expect(html).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
    for (const said of [subject, text]) expect(said).not.toMatch(/[{}]|undefined|[٠-٩]/);
    expect(text).toContain('2025');
    if (language === 'en') return;
    const english = toLetter({ ...parts, language: 'en', locale: 'en' });
    const lines = new Set(english.text.split('\n').filter((line) => /[a-z]{2}/i.test(line)));
    expect(text.split('\n').filter((line) => lines.has(line))).toEqual([]);
    if (['he', 'ar', 'ru'].includes(language))
      expect(
        text
          .replaceAll('Acme', '')
          .match(/[a-z]{2,}/gi)
          ?.join() ?? '',
      ).toMatch(/^(UTC)?$/);
  });

  test('reads what is kept in that language', () => {
    const page = toPage(record, language, 'UTC');
    expect(page).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
    const body = page.slice(page.indexOf('<body>'));
    expect(body).not.toMatch(/[{}]|undefined/);
    for (const key of [
      'onlyThisBrowser',
      'shortened',
      'phone',
      'language',
      'consentText',
      'lastPage',
      'ratings',
      'callbacks',
      'events',
      'letters',
    ] as const)
      expect(body).toContain(ownRecordTexts[language][key].replace("'", '&#39;'));
    if (language === 'en') return;
    expect(body).toContain(new Intl.DisplayNames([language], { type: 'language' }).of('ja'));
    const same = Object.entries(ownRecordTexts[language]).filter(([key, text]) => text === ownRecordTexts.en[key as 'name']);
    expect(same.map(([key]) => key)).toEqual(language === 'de' ? ['name'] : []);
  });
});
