import { useLocation } from 'preact-iso';
import type { ImportFormat } from '../../shared/answer-import.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './answer-list.module.css';
import { libraryPath } from './answer-path.ts';
import { saveExport } from './save-export.ts';

interface AnswerToolsProps {
  http: Http;
  onBegin: () => void;
  onImport: () => void;
}

/** Where answers come from, and where they may go. */
export function AnswerTools({ http, onBegin, onImport }: AnswerToolsProps) {
  const { route } = useLocation();
  const exportAs = async (format: ImportFormat) => {
    const failed = await saveExport(http, format);
    if (failed) showToast({ tone: 'problem', text: errorText(failed) });
  };
  const items = [
    { key: 'library', icon: 'list-checks' as const, label: t('answers.fromLibrary'), onSelect: () => route(libraryPath) },
    { key: 'import', icon: 'paperclip' as const, label: t('answers.import'), onSelect: onImport },
    { key: 'csv', icon: 'download' as const, label: t('answers.exportCsv'), hasLineBefore: true, onSelect: () => void exportAs('csv') },
    { key: 'json', icon: 'download' as const, label: t('answers.exportJson'), onSelect: () => void exportAs('json') },
  ];
  return (
    <div class={styles.tools}>
      <Menu
        label={t('answers.more')}
        align="end"
        items={items}
        trigger={(props) => (
          <Button {...props} icon="chevron-down">
            {t('answers.more')}
          </Button>
        )}
      />
      <Button look="primary" icon="plus" onClick={onBegin}>
        {t('answers.add')}
      </Button>
    </div>
  );
}
