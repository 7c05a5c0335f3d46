import { useEffect, useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import { SaveBar } from '../editing/save-bar.tsx';
import type { Http } from '../http.ts';
import { language as screenLanguage, t } from '../texts/texts.ts';
import { TabList } from '../ui/tab-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { isColour } from './accent-field.tsx';
import { DuringSection } from './during-section.tsx';
import { FirstScreenSection } from './first-screen-section.tsx';
import styles from './inbox-editor.module.css';
import { type InboxEdits, subjectOf } from './inbox-edits.ts';
import { errorAt, InboxFormContext } from './inbox-form.ts';
import { namesOf, type Part, partIcons, partOf, parts } from './inbox-parts.ts';
import { InstallSection } from './install-section.tsx';
import { InvitationsSection } from './invitations-section.tsx';
import { LookSection } from './look-section.tsx';
import { PreChatSection } from './pre-chat-section.tsx';
import { TextsSection } from './texts-section.tsx';
import { WidgetPreview } from './widget-preview.tsx';

interface InboxEditorProps {
  http: Http;
  edits: InboxEdits;
  serverUrl: string;
  /** Absent for the last inbox, which stays. */
  onDelete: (() => void) | undefined;
}

export function InboxEditor({ http, edits, serverUrl, onDelete }: InboxEditorProps) {
  const [part, setPart] = useState<Part>('look');
  const [textLanguage, setTextLanguage] = useState<Language>(screenLanguage.value);
  const form = useRef<HTMLFormElement>(null);
  const inbox = edits.saved.value;
  const draft = edits.draft.value;
  const refusal = edits.refusal.value;
  const changedParts = new Set(edits.changed.value.map(partOf));
  const { value: served } = useRemote(() => http.get<WidgetSettings>(`/widget/${inbox.key}`), [inbox.key]);
  const settings = served && {
    ...served,
    ...draft,
    accent: isColour(draft.accent) ? draft.accent : inbox.settings.accent,
    invitations: draft.invitations.filter(({ isOn }) => isOn),
  };

  // A refusal leads to its field, whatever part and language it stands in.
  useEffect(() => {
    const blamed = refusal?.field && partOf(subjectOf(refusal.field));
    if (!refusal?.field || !blamed) return;
    setPart(blamed);
    const language = refusal.field.split('.').at(-1) ?? '';
    if (language in languageNames) setTextLanguage(language as Language);
  }, [refusal]);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal, part, textLanguage]);

  const save = async (event: Event) => {
    event.preventDefault();
    await edits.save();
    if (edits.changed.value.length === 0) showToast({ text: t('toast.saved') });
  };
  const context = { draft, set: edits.set, textLanguage, setTextLanguage, errorAt: (path: string) => errorAt(refusal, path) };
  return (
    <InboxFormContext.Provider value={context}>
      <div class={styles.frame}>
        <div class={styles.layout}>
          <TabList
            id="inbox"
            label={t('inbox.parts')}
            chosen={part}
            tabs={parts.map((name) => ({
              name,
              label: t(`inbox.part.${name}`),
              icon: partIcons[name],
              mark: changedParts.has(name) ? t('inbox.unsaved') : undefined,
            }))}
            onChoose={setPart}
          />
          <form id="inbox-form" ref={form} class={styles.form} noValidate onSubmit={save}>
            <div role="tabpanel" id={`inbox-${part}-panel`} aria-labelledby={`inbox-${part}`}>
              {part === 'look' && <LookSection />}
              {part === 'preChat' && <PreChatSection />}
              {part === 'first' && <FirstScreenSection />}
              {part === 'during' && <DuringSection http={http} inboxId={inbox.id} />}
              {part === 'invitations' && <InvitationsSection />}
              {part === 'texts' && <TextsSection />}
              {part === 'install' && <InstallSection inbox={inbox} serverUrl={serverUrl} onDelete={onDelete} />}
            </div>
          </form>
          {settings && <WidgetPreview settings={settings} language={textLanguage} onLanguage={setTextLanguage} />}
        </div>
        <SaveBar edits={edits} form="inbox-form" namesOf={namesOf} />
      </div>
    </InboxFormContext.Provider>
  );
}
