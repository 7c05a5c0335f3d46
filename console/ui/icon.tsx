import styles from './icon.module.css';
import { drawings, type IconName, type Shape } from './icon-drawings.ts';

/** Only what points along the line of writing: arrows and sends, never clocks or phones. */
const mirroredIcons: ReadonlySet<IconName> = new Set([
  'send-horizontal',
  'arrow-left',
  'forward',
  'log-out',
  'panel-right',
  'external-link',
  'chevron-left',
  'chevron-right',
]);

interface IconProps {
  name: IconName;
  size?: 'small' | 'medium' | 'large';
  /** A name for who does not see it. Without one the icon is decoration. */
  label?: string;
}

export function Icon({ name, size = 'medium', label }: IconProps) {
  const classes = [styles.icon, size !== 'medium' && styles[size], mirroredIcons.has(name) && styles.mirrored];
  const shapes: readonly Shape[] = drawings[name];
  return (
    <svg
      class={classes.filter(Boolean).join(' ')}
      viewBox="0 0 24 24"
      aria-hidden={label ? undefined : 'true'}
      role={label ? 'img' : undefined}
      aria-label={label}
    >
      {shapes.map(([Element, attributes]) => (
        <Element key={Object.values(attributes).join()} {...attributes} />
      ))}
    </svg>
  );
}
