/** Who may bring in purchases: a row tells whose phone or e-mail is here, and may open customer files. */
import { requireRight } from '../access/rights.ts';
import type { Caller } from '../transport/wire.ts';

const needed = ['purchases:edit', 'contacts:import', 'contacts:view-details'] as const;

export function mayImportPurchases({ permissions }: Pick<Caller, 'permissions'>): boolean {
  return needed.every((right) => permissions.includes(right));
}

export function requirePurchaseImport(caller: Caller): void {
  for (const right of needed) requireRight(caller, right);
}
