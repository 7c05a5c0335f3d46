import { useRef } from 'preact/hooks';
import type { CustomField, FieldEntity } from '../../shared/custom-fields.ts';
import { ADMINISTRATOR, type Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import { roleName } from '../people/role-names.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import rows from '../ui/rows.module.css';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './fields.module.css';

interface FieldListProps {
  http: Http;
  entity: FieldEntity;
  fields: readonly CustomField[];
  roles: readonly Role[];
  onOpen: (field: CustomField) => void;
  onOrder: (fields: readonly CustomField[]) => void;
  onReload: () => void;
}

/** In the order in which files show them; a move is kept at once. */
export function FieldList({ http, entity, fields, roles, onOpen, onOrder, onReload }: FieldListProps) {
  const turn = useRef(Promise.resolve());
  const move = (from: number, to: number) => {
    const next = moved(fields, from, to);
    onOrder(next);
    // One after the other, so that the last order is the one that stays.
    turn.current = turn.current.then(async () => {
      const reply = await http.post('/fields/order', { entity, ids: next.map(({ id }) => id) });
      if (reply.ok) return;
      showToast({ text: errorText(reply.error), tone: 'problem' });
      onReload();
    });
  };
  const seersOf = (ids: readonly string[]) =>
    [roleName({ id: ADMINISTRATOR, name: null }), ...roles.filter(({ id }) => id !== ADMINISTRATOR && ids.includes(id)).map(roleName)].join(
      ', ',
    );
  return (
    <SortableList
      items={fields}
      keyOf={({ id }) => id}
      words={sortingWords()}
      onMove={move}
      title={(field) => (
        <span class={styles.title}>
          <bdi class={rows.strong}>{field.name}</bdi>
          <Badge>{t(`fields.kind.${field.kind}`)}</Badge>
          <code class={styles.key} dir="ltr">
            {field.key}
          </code>
        </span>
      )}
      actions={(field) => (
        <Button size="small" icon="pencil" aria-label={t('fields.editTitle', { name: field.name })} onClick={() => onOpen(field)}>
          {t('action.edit')}
        </Button>
      )}
    >
      {({ viewRoles }) => viewRoles && <p class={styles.facts}>{t('fields.visible', { roles: seersOf(viewRoles) })}</p>}
    </SortableList>
  );
}
