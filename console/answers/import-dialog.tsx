import { useRef, useState } from 'preact/hooks';
import { type AnswerImportReport, IMPORT_TEXT_MAX, type ImportFormat, type ImportMode, importModes } from '../../shared/answer-import.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { readFileText } from '../ui/file-text.ts';
import { showToast } from '../ui/toast.tsx';
import { FileDrop } from './file-drop.tsx';
import styles from './import-dialog.module.css';
import { ImportReport } from './import-report.tsx';

interface ReadFile {
  name: string;
  format: ImportFormat;
  text: string;
}

interface ImportDialogProps {
  http: Http;
  onDone: () => void;
  onClose: () => void;
}

/** Answers from a file. What would become of them is told before anything is written. */
export function ImportDialog({ http, onDone, onClose }: ImportDialogProps) {
  const asked = useRef(0);
  const [file, setFile] = useState<ReadFile | null>(null);
  const [mode, setMode] = useState<ImportMode>('update');
  const [skipsRefused, setSkipsRefused] = useState(false);
  const [report, setReport] = useState<AnswerImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const ask = async (read: ReadFile, how: { mode: ImportMode; isDryRun: boolean; skipsRefused: boolean }) => {
    asked.current += 1;
    const mine = asked.current;
    setIsBusy(true);
    setProblem(null);
    const reply = await http.post<AnswerImportReport>('/answers/import', { format: read.format, text: read.text, ...how });
    if (mine !== asked.current) return null;
    setIsBusy(false);
    if (!reply.ok) setProblem(reply.error.code === 'invalid' ? t('answers.importUnread') : errorText(reply.error));
    return reply.ok ? reply.data : null;
  };
  const look = async (read: ReadFile, how: ImportMode) => setReport(await ask(read, { mode: how, isDryRun: true, skipsRefused: false }));
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReport(null);
    const text = chosen.size > IMPORT_TEXT_MAX * 4 ? null : await readFileText(chosen).catch(() => null);
    if (text === null || text.length > IMPORT_TEXT_MAX) return setProblem(t('answers.importLong'));
    const read: ReadFile = { name: chosen.name, text, format: /\.json$/i.test(chosen.name) || /^\s*[[{]/.test(text) ? 'json' : 'csv' };
    setFile(read);
    await look(read, mode);
  };
  const write = async () => {
    if (!file) return;
    const done = await ask(file, { mode, isDryRun: false, skipsRefused });
    if (!done) return;
    // What was there may have changed since it was looked at.
    if (!done.isWritten) return setReport(done);
    showToast({ text: t('answers.imported', { count: done.added + done.changed }) });
    onDone();
    onClose();
  };
  const effect = report ? report.added + report.changed + report.removed : 0;
  const mayWrite = report !== null && effect > 0 && (report.refusedCount === 0 || skipsRefused);
  return (
    <Dialog
      title={t('answers.importTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={!mayWrite} isBusy={isBusy && report !== null} onClick={write}>
            {t('answers.importNow')}
          </Button>
        </>
      }
    >
      <FileDrop name={file?.name ?? null} isBusy={isBusy} onTake={(chosen) => void take(chosen)} />
      <SelectField
        label={t('answers.importMode')}
        hint={t(`answers.importModeHint.${mode}`)}
        value={mode}
        options={importModes.map((value) => ({ value, label: t(`answers.importMode.${value}`) }))}
        onChoose={(next) => {
          setMode(next);
          if (file) void look(file, next);
        }}
      />
      {problem && (
        <p class={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {isBusy && !report && <p class={styles.soft}>{t('answers.importReading')}</p>}
      {report && <ImportReport report={report} />}
      {report && report.refusedCount > 0 && effect > 0 && (
        <CheckField
          label={t('answers.importSkip')}
          hint={t('answers.importSkipHint')}
          isChecked={skipsRefused}
          onChange={setSkipsRefused}
        />
      )}
    </Dialog>
  );
}
