import { t } from '../texts/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { areShortcutsOn, switchShortcuts } from './shortcuts.ts';
import styles from './shortcuts-dialog.module.css';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const rows: readonly (readonly [text: string, ...keys: string[][]])[] = [
    [t('shortcuts.search'), ['Ctrl', 'K']],
    [t('shortcuts.find'), ['Ctrl', 'F']],
    [t('shortcuts.next'), ['J']],
    [t('shortcuts.previous'), ['K']],
    [t('shortcuts.nextWaiting'), ['Alt', '↓']],
    [t('shortcuts.previousWaiting'), ['Alt', '↑']],
    [t('shortcuts.takeNext'), ['G']],
    [t('shortcuts.openNth'), ['Alt', '1…9']],
    [t('shortcuts.beside'), ['Ctrl', 'Enter'], ['Ctrl', t('shortcuts.click')]],
    [t('shortcuts.keep'), ['P']],
    [t('shortcuts.close'), ['Alt', 'W']],
    [t('shortcuts.regions'), ['F6'], ['Shift', 'F6']],
    [t('shortcuts.select'), ['X'], ['Space']],
    [t('shortcuts.selectRange'), ['Shift', '↓']],
    [t('shortcuts.selectAll'), ['Ctrl', 'A']],
    [t('shortcuts.reply'), ['R']],
    [t('shortcuts.note'), ['N']],
    [t('shortcuts.mention'), ['@']],
    [t('shortcuts.resolve'), ['E']],
    [t('shortcuts.transfer'), ['T']],
    [t('shortcuts.timeline'), ['J'], ['K'], ['Enter']],
    [t('shortcuts.calls'), ['C']],
    [t('shortcuts.task'), ['D']],
    [t('shortcuts.messages'), ['↑'], ['↓']],
    [t('shortcuts.ticket'), ['O']],
    [t('shortcuts.cardLift'), ['Space']],
    [t('shortcuts.cardMove'), ['←', '→', '↑', '↓']],
    [t('shortcuts.cardBack'), ['Esc']],
    [t('shortcuts.cardOpen'), ['Enter']],
    [t('calls.keys'), ['1'], ['2'], ['3']],
    [t('canned.insert'), ['/']],
    [t('advice.insert'), ['Ctrl', 'Shift', '1…3']],
    [t('shortcuts.send'), ['Enter']],
    [t('shortcuts.break'), ['Shift', 'Enter']],
    [t('shortcuts.sendAndResolve'), ['Ctrl', 'Enter']],
    [t('shortcuts.leave'), ['Esc']],
    [t('shortcuts.help'), ['?']],
  ];
  return (
    <Dialog title={t('shortcuts.title')} closeLabel={t('action.close')} onClose={onClose}>
      <dl class={styles.list}>
        {rows.map(([text, ...combinations]) => (
          <div key={text} class={styles.row}>
            <dt>{text}</dt>
            <dd class={styles.keys}>
              {combinations.map((keys) => (
                <span key={keys.join()} class={styles.combination} dir="ltr">
                  {keys.map((key) => (
                    <kbd key={key} class={styles.key}>
                      {key}
                    </kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label class={styles.switch}>
        <input type="checkbox" checked={areShortcutsOn.value} onChange={(event) => switchShortcuts(event.currentTarget.checked)} />
        {t('shortcuts.areOn')}
      </label>
    </Dialog>
  );
}
