import type { Signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { RoutingSimulateRequest, SimulatedPath } from '../../shared/routing.ts';
import { ContactField, type FoundContact } from '../contacts/contact-field.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { formatLanguage } from '../ui/format.ts';
import { FieldPairs } from './field-pairs.tsx';
import { MomentField } from './moment-field.tsx';
import { PathSteps } from './path-steps.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { usualLanguages } from './rule-when.tsx';

interface Wish {
  inboxId: string;
  page: string;
  language: string;
  fields: { key: string; value: string }[];
  contact: FoundContact | null;
  at: number | null;
}

/** What is asked for and what was found stay while the rules are changed in between. */
export interface PathSearch {
  wish: Wish;
  found: { path: SimulatedPath; asked: string } | null;
}

export function firstSearch(inboxId: string): PathSearch {
  return { wish: { inboxId, page: '', language: '', fields: [], contact: null, at: null }, found: null };
}

/** "This visitor, this moment": which way a chat would take, by the rules as they stand on the screen. */
export function PathFinder({ search }: { search: Signal<PathSearch> }) {
  const { http, draft, inboxes } = useRoutingForm();
  const { wish, found } = search.value;
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const change = (next: Partial<Wish>) => {
    search.value = { ...search.value, wish: { ...wish, ...next } };
  };
  const asking = JSON.stringify([wish, draft]);

  const run = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const fields = wish.fields.filter(({ key }) => key.trim() !== '');
    const request: RoutingSimulateRequest = {
      inboxId: wish.inboxId,
      rules: draft,
      ...(wish.page.trim() && { page: wish.page.trim() }),
      ...(wish.language && { language: wish.language }),
      ...(fields.length > 0 && { fields: Object.fromEntries(fields.map(({ key, value }) => [key.trim(), value])) }),
      ...(wish.contact && { contactId: wish.contact.id }),
      ...(wish.at !== null && { at: wish.at }),
    };
    const reply = await http.post<SimulatedPath>('/routing/simulate', request);
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    search.value = { ...search.value, found: { path: reply.data, asked: asking } };
    requestAnimationFrame(() => heading.current?.focus());
  };

  return (
    <div class={styles.section}>
      <Card title={t('routing.simulator')} text={t('routing.simulatorHint')}>
        <form class={styles.stack} onSubmit={run} noValidate>
          <div class={styles.grid}>
            <SelectField
              label={t('routing.sim.inbox')}
              value={wish.inboxId}
              options={inboxes.map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(inboxId) => change({ inboxId })}
            />
            <SelectField
              label={t('routing.sim.language')}
              value={wish.language}
              options={[
                { value: '', label: t('routing.sim.languageNone') },
                ...usualLanguages.map((tag) => ({ value: tag, label: formatLanguage(tag) })),
              ]}
              onChoose={(language) => change({ language })}
            />
            <TextField
              label={t('routing.sim.page')}
              value={wish.page}
              dir="ltr"
              placeholder="/checkout"
              autoComplete="off"
              maxLength={2_000}
              onInput={(page) => change({ page })}
            />
            <ContactField
              http={http}
              chosen={wish.contact}
              words={{
                label: t('routing.sim.contact'),
                placeholder: t('routing.sim.contactNone'),
                hint: t('routing.sim.contactHint'),
                nothing: t('routing.sim.contactNothing'),
                clear: (name) => t('routing.sim.contactClear', { name }),
              }}
              onChoose={(contact) => change({ contact })}
            />
          </div>
          <MomentField at={wish.at} onChange={(at) => change({ at })} />
          <FieldPairs pairs={wish.fields} onChange={(fields) => change({ fields })} />
          {error && (
            <p class={styles.error} role="alert">
              {errorText(error)}
            </p>
          )}
          <div>
            <Button type="submit" look="primary" icon="route" isBusy={isBusy}>
              {t('routing.sim.run')}
            </Button>
          </div>
        </form>
      </Card>
      {found && (
        <section class={styles.path} aria-labelledby="routing-path">
          <h2 id="routing-path" ref={heading} tabIndex={-1}>
            {t('routing.sim.path')}
          </h2>
          {found.asked !== asking && (
            <p class={styles.stale} role="status">
              {t('routing.sim.stale')}
            </p>
          )}
          <PathSteps path={found.path} />
        </section>
      )}
    </div>
  );
}
