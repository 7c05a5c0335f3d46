import type { CustomField } from '../../shared/custom-fields.ts';

/** The field in its place, or behind all others. */
export function replaced(fields: readonly CustomField[], field: CustomField): CustomField[] {
  const isKnown = fields.some(({ id }) => id === field.id);
  return isKnown ? fields.map((held) => (held.id === field.id ? field : held)) : [...fields, field];
}
