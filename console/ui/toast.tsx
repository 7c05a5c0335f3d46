import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './toast.module.css';

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action?: { label: string; run: () => void };
  /** Longer than usual, where more is at stake. */
  shownMs?: number;
}

const SHOWN_MS = 6_000;
const SHOWN_MAX = 3;

let lastId = 0;
export const toasts = signal<readonly Toast[]>([]);

/** A sentence that comes and goes; `action` is usually how to undo. */
export function showToast(toast: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): void {
  lastId += 1;
  toasts.value = [...toasts.value, { tone: 'plain' as const, ...toast, id: lastId }].slice(-SHOWN_MAX);
}

function hide(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Its sentences go with it: whoever signs in next is told, and may undo, nothing of another's. */
export function ToastShelf({ closeLabel }: { closeLabel: string }) {
  useEffect(
    () => () => {
      toasts.value = [];
    },
    [],
  );
  return (
    <div class={styles.shelf} role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <ToastCard key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function ToastCard({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => hide(toast.id), toast.shownMs ?? SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, toast.shownMs]);
  return (
    <div
      class={styles.toast}
      data-corner
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocusIn={() => setIsHeld(true)}
      onFocusOut={() => setIsHeld(false)}
    >
      {toast.tone === 'problem' && <Icon name="circle-alert" />}
      <span class={styles.text}>{toast.text}</span>
      {toast.action && (
        <Button
          look="quiet"
          size="small"
          class={styles.action}
          onClick={() => {
            hide(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon="x" label={closeLabel} class={styles.close} onClick={() => hide(toast.id)} />
    </div>
  );
}
