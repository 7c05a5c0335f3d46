import type { ComponentProps } from 'preact';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { PickInPlace } from '../ui/pick-in-place.tsx';
import styles from './contact-card.module.css';

/** Edited in place by whoever may; others read it. */
export function Editable({ mayEdit, ...field }: ComponentProps<typeof EditInPlace> & { mayEdit: boolean }) {
  if (mayEdit) return <EditInPlace maxLength={120} {...field} />;
  if (field.value && field.children) return <span class={styles.value}>{field.children}</span>;
  return <Read value={field.value} />;
}

export function Pickable({ mayEdit, ...field }: ComponentProps<typeof PickInPlace> & { mayEdit: boolean }) {
  if (mayEdit) return <PickInPlace {...field} />;
  return <Read value={field.value} />;
}

/** A dash has no direction of its own: it stands where the words would begin. */
function Read({ value }: { value: string }) {
  return value ? <bdi class={styles.value}>{value}</bdi> : <span class={styles.none}>–</span>;
}
