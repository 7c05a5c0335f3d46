/** Who may see and change what stands in a custom field. */
import type { Permission } from '../../shared/agent.ts';
import type { FieldEntity } from '../../shared/custom-fields.ts';
import { ADMINISTRATOR } from '../../shared/role.ts';
import type { Caller } from '../transport/wire.ts';

export type FieldReader = Pick<Caller, 'permissions' | 'role' | 'isScoped'>;

/** Without the first nothing of the thing is seen; where a field names no roles, whoever sees the details sees it. */
const rightsOf: Record<FieldEntity, { see: Permission; details: Permission; change: Permission }> = {
  contact: { see: 'contacts:view', details: 'contacts:view-details', change: 'contacts:edit' },
  company: { see: 'contacts:view', details: 'contacts:view', change: 'contacts:edit' },
  ticket: { see: 'tickets:view', details: 'tickets:view', change: 'tickets:edit' },
  opportunity: { see: 'opportunities:view', details: 'opportunities:view', change: 'opportunities:edit' },
};

/** Roles as they are stored: JSON, or null for all. */
interface RolesOfField {
  viewRoles: string | null;
  editRoles: string | null;
}

export function maySeeField(
  { permissions, role, isScoped = false }: FieldReader,
  entity: FieldEntity,
  { viewRoles }: Pick<RolesOfField, 'viewRoles'>,
): boolean {
  const { see, details } = rightsOf[entity];
  if (!permissions.includes(see)) return false;
  if (viewRoles === null) return permissions.includes(details);
  // A field for few is one of the details, and a token has of its agent's rights only those that it was made for.
  if (isScoped && !permissions.includes(details)) return false;
  return role === ADMINISTRATOR || (JSON.parse(viewRoles) as string[]).includes(role);
}

/** Nobody changes what they do not see. */
export function mayChangeField(caller: FieldReader, entity: FieldEntity, field: RolesOfField): boolean {
  if (!maySeeField(caller, entity, field) || !caller.permissions.includes(rightsOf[entity].change)) return false;
  if (field.editRoles === null || caller.role === ADMINISTRATOR) return true;
  return (JSON.parse(field.editRoles) as string[]).includes(caller.role);
}
