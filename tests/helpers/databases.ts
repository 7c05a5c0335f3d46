import { type House, openHouse } from './house.ts';
import { freshDatabaseUrl } from './postgres.ts';

/** The same scene in a house on each database: `describe.each(databases)('on $name', ({ open }) => …)`. */
export const databases: { name: string; open: () => Promise<House> }[] = [
  { name: 'SQLite', open: () => openHouse() },
  { name: 'PostgreSQL', open: async () => openHouse({ databaseUrl: await freshDatabaseUrl() }) },
];
