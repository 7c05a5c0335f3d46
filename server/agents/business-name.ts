/** The business that this installation serves. */
import type { Business, BusinessPatch } from '../../shared/business.ts';
import type { App } from '../app.ts';
import { findInstallation, updateBusiness } from './installation-store.ts';

export async function getBusinessName(app: App): Promise<string> {
  return (await findInstallation(app.storage.db))?.business ?? 'Kesher';
}

export async function getBusiness(app: App): Promise<Business> {
  return { name: await getBusinessName(app) };
}

/** Visitors read the new name with the widget's next settings, agents at once. */
export async function changeBusiness(app: App, { name }: BusinessPatch): Promise<Business> {
  if (name !== undefined) await app.storage.write((trx) => updateBusiness(trx, name));
  const business = await getBusiness(app);
  app.broadcast.toAgents('business:changed', business);
  return business;
}
