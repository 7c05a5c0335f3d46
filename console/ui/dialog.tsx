import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  actions?: ComponentChildren;
  /** For two things side by side. */
  isWide?: boolean;
}

/** Modal while it is mounted: the browser keeps the focus inside and gives it back where it came from. */
export function Dialog({ title, closeLabel, onClose, children, actions, isWide = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const dialog = ref.current;
    const origin = document.activeElement;
    dialog?.showModal();
    if (dialog) focusFirstField(dialog);
    // The sheet fills the dialog, so a press on the dialog itself is one beside the sheet.
    const onPointerDown = (event: Event) => {
      if (event.target === dialog) close.current();
    };
    dialog?.addEventListener('pointerdown', onPointerDown);
    return () => {
      dialog?.close();
      if (origin instanceof HTMLElement) origin.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={[styles.dialog, isWide && styles.wide].filter(Boolean).join(' ')}
      aria-labelledby={id}
      onCancel={(event) => {
        // Somebody who has thought better of choosing a file cancels that, and the browser tells it here, too.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div class={styles.sheet}>
        <header class={styles.header}>
          <h2 id={id} class={styles.title}>
            {title}
          </h2>
          <IconButton data-dialog-close icon="x" label={closeLabel} onClick={onClose} />
        </header>
        <div class={styles.body} data-dialog-body>
          {children}
        </div>
        {actions && <footer class={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}

const notTyped = ['hidden', 'radio', 'checkbox', 'file'];

/** What begins with something to fill in begins there, and not at the way out. On a touch screen that would call a keyboard that nobody asked for. */
function focusFirstField(dialog: HTMLDialogElement): void {
  if (!document.activeElement?.hasAttribute('data-dialog-close') || matchMedia('(pointer: coarse)').matches) return;
  const first = dialog.querySelector<HTMLElement>('[data-dialog-body] :is(input, textarea, select, button, a[href])');
  if (first instanceof HTMLTextAreaElement || (first instanceof HTMLInputElement && !notTyped.includes(first.type))) first.focus();
}
