import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import type { Edits } from './edits.ts';

interface LeaveDialogProps {
  all: readonly Pick<Edits, 'changed' | 'discard'>[];
  /** What is not saved. */
  text: string;
  /** What the toast says that leads back. */
  keptText: string;
}

/**
 * Asks before unsaved changes are left by a link, and lets the browser ask before it throws them away. Other ways out of the
 * page (back, a shortcut) cannot be held up: the changes wait in this tab, and a toast leads back to them.
 */
export function LeaveDialog({ all, text, keptText }: LeaveDialogProps) {
  const { route } = useLocation();
  const [wanted, setWanted] = useState<string | null>(null);
  const isLeaving = useRef(false);
  const newest = useRef(all);
  newest.current = all;
  const saying = useRef(keptText);
  saying.current = keptText;
  const isUnsaved = () => newest.current.some(({ changed }) => changed.value.length > 0);

  useEffect(() => {
    const here = window.location.pathname;
    const askBrowser = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    const askPerson = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
      const isElsewhere = link && link.target !== '_blank' && link.pathname !== here;
      if (!isElsewhere || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !isUnsaved()) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(link.pathname + link.search);
    };
    window.addEventListener('beforeunload', askBrowser);
    document.addEventListener('click', askPerson, true);
    return () => {
      window.removeEventListener('beforeunload', askBrowser);
      document.removeEventListener('click', askPerson, true);
      if (isUnsaved() && !isLeaving.current) {
        showToast({ text: saying.current, action: { label: t('inbox.goBack'), run: () => route?.(here) } });
      }
    };
  }, []);

  if (wanted === null) return null;
  const stay = () => setWanted(null);
  const leave = () => {
    isLeaving.current = true;
    for (const edits of all) edits.discard();
    route(wanted);
  };
  return (
    <Dialog
      title={t('inbox.leaveTitle')}
      closeLabel={t('action.close')}
      onClose={stay}
      actions={
        <>
          <Button onClick={leave}>{t('inbox.leave')}</Button>
          <Button look="primary" onClick={stay}>
            {t('inbox.stay')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
