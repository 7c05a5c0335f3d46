import type { ComponentProps } from 'preact';
import styles from './button.module.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-drawings.ts';

type ButtonAttributes = Omit<ComponentProps<'button'>, 'icon' | 'size'>;

interface ButtonProps extends ButtonAttributes {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'wide';
  icon?: IconName;
  /** Shown as working, and refuses clicks without leaving the tab order. */
  isBusy?: boolean;
}

export function Button({
  look = 'secondary',
  size = 'medium',
  icon,
  isBusy = false,
  class: extra,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={[styles.button, styles[look], styles[size], extra].filter(Boolean).join(' ')}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? swallow : onClick}
    >
      {isBusy ? (
        <span class={styles.spinner} aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={size === 'small' ? 'small' : 'medium'} />
      )}
      {children !== undefined && <span class={styles.text}>{children}</span>}
    </button>
  );
}

interface IconButtonProps extends ButtonAttributes {
  icon: IconName;
  label: string;
  look?: 'quiet' | 'secondary';
  isPressed?: boolean;
}

/** A button that shows only its icon; `label` is its name and its tooltip. */
export function IconButton({ icon, label, look = 'quiet', isPressed, class: extra, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      class={[styles.button, styles[look], styles.iconOnly, extra].filter(Boolean).join(' ')}
      aria-label={label}
      aria-pressed={isPressed}
    >
      <Icon name={icon} />
    </button>
  );
}

function swallow(event: Event): void {
  event.preventDefault();
}
