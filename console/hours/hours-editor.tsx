import { useEffect, useRef, useState } from 'preact/hooks';
import type { BusinessHours } from '../../shared/business-hours.ts';
import { SaveBar } from '../editing/save-bar.tsx';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { TabList } from '../ui/tab-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { ExceptionsSection } from './exceptions-section.tsx';
import { HolidaysSection } from './holidays-section.tsx';
import styles from './hours-editor.module.css';
import type { HoursEdits } from './hours-edits.ts';
import { errorAt, HoursFormContext } from './hours-form.ts';
import { type HoursPart, hoursPartIcons, hoursPartNames, hoursPartOf, hoursParts } from './hours-parts.ts';
import { HoursPreviewPanel } from './hours-preview.tsx';
import { JewishSection } from './jewish-section.tsx';
import { type HoursPlace, PlacesSection } from './places-section.tsx';
import { WeekSection } from './week-section.tsx';

interface HoursEditorProps {
  http: Http;
  edits: HoursEdits;
  all: readonly BusinessHours[];
  inboxes: readonly HoursPlace[];
  teams: readonly HoursPlace[];
  onSaved: (hours: BusinessHours) => void;
}

export function HoursEditor({ http, edits, all, inboxes, teams, onSaved }: HoursEditorProps) {
  const [part, setPart] = useState<HoursPart>('week');
  /** A part that was looked at stays as it is left, with what cannot be read yet. */
  const seen = useRef(new Set<HoursPart>());
  seen.current.add(part);
  const form = useRef<HTMLFormElement>(null);
  /** The part was changed for what is wrong in it. */
  const isSought = useRef(false);
  const draft = edits.draft.value;
  const refusal = edits.refusal.value;
  const isNew = edits.saved.value === null;
  const changedParts = new Set(isNew ? [] : edits.changed.value.map(hoursPartOf));
  const findFault = () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');

  // A refusal leads to its field, whatever part it stands in.
  useEffect(() => {
    const blamed = refusal?.field && hoursPartOf(refusal.field.split('.')[0] ?? '');
    if (blamed) setPart(blamed);
  }, [refusal]);
  useEffect(() => {
    if (refusal || isSought.current) findFault()?.focus();
    isSought.current = false;
  }, [refusal, part]);

  const save = async (event: Event) => {
    event.preventDefault();
    const fault = findFault();
    // What cannot be read would not be saved, and nobody would know.
    if (fault) {
      const place = hoursParts.find((name) => fault.closest(`#hours-${name}-panel`));
      isSought.current = place !== part;
      if (place && place !== part) setPart(place);
      return fault.focus();
    }
    await edits.save();
    if (edits.saved.value && edits.changed.value.length === 0) {
      showToast({ text: t('toast.saved') });
      onSaved(edits.saved.value);
    }
  };
  const context = { http, draft, set: edits.set, errorAt: (path: string) => errorAt(refusal, path) };
  return (
    <HoursFormContext.Provider value={context}>
      <div class={styles.frame}>
        <div class={styles.layout}>
          <TabList
            id="hours"
            label={t('hours.parts')}
            chosen={part}
            tabs={hoursParts.map((name) => ({
              name,
              label: t(`hours.part.${name}`),
              icon: hoursPartIcons[name],
              mark: changedParts.has(name) ? t('inbox.unsaved') : undefined,
            }))}
            onChoose={setPart}
          />
          <form id="hours-form" ref={form} class={styles.form} noValidate onSubmit={save}>
            {hoursParts
              .filter((name) => seen.current.has(name))
              .map((name) => (
                <div key={name} role="tabpanel" id={`hours-${name}-panel`} aria-labelledby={`hours-${name}`} hidden={name !== part}>
                  {name === 'week' && <WeekSection />}
                  {name === 'dates' && <ExceptionsSection />}
                  {name === 'holidays' && <HolidaysSection />}
                  {name === 'jewish' && <JewishSection />}
                  {name === 'places' && <PlacesSection all={all} ownId={edits.saved.value?.id ?? ''} inboxes={inboxes} teams={teams} />}
                </div>
              ))}
          </form>
          <HoursPreviewPanel draft={draft} />
        </div>
        <SaveBar edits={edits} form="hours-form" namesOf={(subjects) => (isNew ? t('hours.newHours') : hoursPartNames(subjects))} />
      </div>
    </HoursFormContext.Provider>
  );
}
