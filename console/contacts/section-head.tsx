import { Button, IconButton } from '../ui/button.tsx';
import styles from './section-head.module.css';

interface SectionHeadProps {
  title: string;
  /** What can be added to it: in words on a page, beside a chat by its icon. */
  add?: { label: string; onClick: () => void; disabled?: boolean } | null | undefined;
  isPage: boolean;
}

/** The first line of a section of the customer file. */
export function SectionHead({ title, add, isPage }: SectionHeadProps) {
  return (
    <header class={styles.head}>
      <h2 class={styles.title}>{title}</h2>
      {add && isPage && (
        <Button size="small" look="quiet" icon="plus" disabled={add.disabled} onClick={add.onClick}>
          {add.label}
        </Button>
      )}
      {add && !isPage && <IconButton class={styles.add} icon="plus" label={add.label} disabled={add.disabled} onClick={add.onClick} />}
    </header>
  );
}
