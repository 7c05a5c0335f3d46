import type { ConversationSummary } from '../../shared/conversation.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import type { Desk } from './desk.ts';
import { runMacro } from './macro-actions.ts';
import styles from './macro-menu.module.css';

/** More are found by a slash in the composer, or in the palette. */
const SHOWN_MAX = 30;

export function MacroMenu({ desk, summary }: { desk: Desk; summary: ConversationSummary }) {
  const { macros } = desk.repertoire;
  const known = macros.turn.value < 0 ? [] : [...macros.all()];
  const items: MenuItem[] = known
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, SHOWN_MAX)
    .map((macro) => ({ key: macro.id, label: macro.name, icon: 'zap', onSelect: () => runMacro(desk, summary, macro) }));
  const isEmpty = macros.phase.value === 'ready' && items.length === 0;
  return (
    <span class={styles.place}>
      <Menu
        label={t('macro.menu')}
        align="end"
        header={
          items.length === 0 && (
            <p>{isEmpty ? t('macro.none') : macros.phase.value === 'failed' ? t('canned.loadFailed') : t('state.loading')}</p>
          )
        }
        items={items}
        trigger={({ ref, onClick, ...props }) => (
          <IconButton
            {...props}
            ref={ref}
            icon="zap"
            label={t('macro.menu')}
            look="secondary"
            onClick={() => {
              desk.repertoire.want();
              onClick();
            }}
          />
        )}
      />
    </span>
  );
}
