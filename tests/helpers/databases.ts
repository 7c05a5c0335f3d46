import { type House, type HouseOptions, openHouse } from './house.ts';

/** The same scene in a house on each database: `describe.each(databases)('on $name', ({ open }) => …)`. */
export const databases: { name: string; open: (options?: HouseOptions) => Promise<House> }[] = [
  { name: 'SQLite', open: (options) => openHouse(options) },
  { name: 'PostgreSQL', open: (options) => openHouse({ ...options, database: 'PostgreSQL' }) },
];
