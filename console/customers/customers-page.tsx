import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { type CustomerFilter, customerFilterSchema, everyCustomer } from '../../shared/customer-filter.ts';
import { DirectoryActions } from '../contacts/directory-actions.tsx';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import type { ConditionWords } from './condition-words.ts';
import { CustomerFilterBar } from './customer-filter-bar.tsx';
import { type Asked, CustomerList } from './customer-list.ts';
import { CustomerResults } from './customer-results.tsx';
import type { CustomerHouse } from './customer-room.ts';
import { SelectionBar } from './customer-selection-bar.tsx';
import styles from './customers-page.module.css';
import { ExportMenu } from './export-menu.tsx';
import { JobStrip, useJobs } from './job-strip.tsx';
import { SegmentList } from './segment-list.tsx';
import { useConditionWords } from './use-condition-words.ts';

/** A search begins when the typing pauses. */
const PAUSE_MS = 250;

/** Every customer: found by words, by a filter, by a segment; changed, brought in and taken out in numbers. */
export function CustomersPage({ house }: { house: CustomerHouse }) {
  const { query, route } = useLocation();
  const [list] = useState(() => new CustomerList(house));
  const asked = askedOf(query);
  const [typed, setTyped] = useState(asked.q);
  const [isFiltering, setIsFiltering] = useState(asked.filter.groups.length > 0);
  const [isChoosingColumns, setIsChoosingColumns] = useState(false);
  const opened = useRef(false);
  const words: ConditionWords = useConditionWords(house, list);
  const key = JSON.stringify(asked);
  useEffect(() => {
    if (opened.current) void list.ask(asked);
    else void list.open(asked);
    opened.current = true;
  }, [key, list]);
  useEffect(() => house.listen('segments:changed', () => void list.readSegments()), [house, list]);
  const jobs = useJobs(house, () => void list.reload());
  const go = (next: Partial<Asked>) => route(pathOf({ ...asked, ...next }));
  useEffect(() => setTyped(asked.q), [asked.q]);
  useEffect(() => {
    if (typed.trim() === asked.q) return undefined;
    const timer = setTimeout(() => route(pathOf({ ...asked, q: typed.trim() }), true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, key]);
  const mayChange = house.may('contacts:edit');
  const segment = list.segments.value.find(({ id }) => id === asked.segmentId);
  return (
    <PageFrame title={t('contacts.title')} width="wide" actions={<PageActions house={house} list={list} />}>
      <div class={styles.columns}>
        <SegmentList
          house={house}
          list={list}
          chosenId={asked.segmentId}
          onChoose={(segmentId) => go({ segmentId, q: '', filter: everyCustomer })}
        />
        <div class={styles.main}>
          <div class={styles.tools}>
            <div class={styles.search}>
              <TextField
                label={t('contacts.search')}
                isLabelHidden
                type="search"
                placeholder={t('contacts.searchPlaceholder')}
                value={typed}
                onInput={setTyped}
              />
            </div>
            <Button icon="list-filter" aria-expanded={isFiltering} onClick={() => setIsFiltering(!isFiltering)}>
              {t('customers.filter.title')}
            </Button>
            <Button icon="settings" onClick={() => setIsChoosingColumns(true)}>
              {t('customers.columns')}
            </Button>
          </div>
          {isFiltering && (
            <CustomerFilterBar
              house={house}
              list={list}
              segment={segment}
              words={words}
              asked={asked}
              onAsk={(filter: CustomerFilter) => go({ filter })}
              onOpen={(segmentId) => go({ segmentId, filter: everyCustomer })}
            />
          )}
          <JobStrip house={house} jobs={jobs} />
          {list.chosenCount.value > 0 || list.isAllChosen.value ? (
            <SelectionBar house={house} list={list} words={words} onStarted={jobs.add} />
          ) : null}
          <CustomerResults
            list={list}
            fields={list.fields.value}
            currency={list.currency.value}
            agents={house.agents.value}
            isChoosing={mayChange}
            isAsking={asked.q !== '' || asked.filter.groups.length > 0}
            onClear={() => go({ q: '', filter: everyCustomer })}
          />
        </div>
      </div>
      {isChoosingColumns && <ColumnsDialog list={list} may={house.may} onClose={() => setIsChoosingColumns(false)} />}
    </PageFrame>
  );
}

function PageActions({ house, list }: { house: CustomerHouse; list: CustomerList }) {
  return (
    <span class={styles.actions}>
      <DirectoryActions http={house.http} mayEdit={house.may('contacts:edit')} mayMerge={house.may('contacts:merge')} />
      {house.may('contacts:export') && <ExportMenu http={house.http} list={list} />}
      {house.may('contacts:import') && (
        <a class={styles.import} href="/console/contacts/import">
          {t('customers.import')}
        </a>
      )}
    </span>
  );
}

function askedOf(query: Record<string, string>): Asked {
  return { q: query.q ?? '', segmentId: query.segment ?? null, filter: filterOf(query.filter) };
}

/** What somebody has changed in the address by hand asks for everybody. */
function filterOf(written: string | undefined): CustomerFilter {
  if (written === undefined) return everyCustomer;
  try {
    return customerFilterSchema.parse(JSON.parse(written));
  } catch {
    return everyCustomer;
  }
}

function pathOf({ q, filter, segmentId }: Asked): string {
  const query = new URLSearchParams();
  if (segmentId !== null) query.set('segment', segmentId);
  if (q !== '') query.set('q', q);
  if (filter.groups.length > 0) query.set('filter', JSON.stringify(filter));
  const written = query.toString();
  return `/console/contacts${written === '' ? '' : `?${written}`}`;
}
