import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';

/** `{ id }`: the name under which a schema stands among the components of the description. */
export type Components = z.core.$ZodRegistry<{ id: string }>;

const folder = fileURLToPath(new URL('../../shared/', import.meta.url));
const ending = path.extname(import.meta.filename ?? fileURLToPath(import.meta.url));

/** Every schema of an object that `shared/` exports is a component by its own name: `contactSchema` is `Contact`. */
export async function nameComponents(): Promise<Components> {
  const components: Components = z.registry();
  const files = readdirSync(folder).filter((file) => file.endsWith(ending) && !file.endsWith('.d.ts'));
  for (const file of files.sort()) {
    const exported: Record<string, unknown> = await import(pathToFileURL(path.join(folder, file)).href);
    for (const [name, schema] of Object.entries(exported)) {
      const id = /^(\w+?)(?:Reply)?Schema$/.exec(name)?.[1];
      if (id === undefined || !isNamed(schema) || components.has(schema)) continue;
      components.add(schema, { id: `${id.charAt(0).toUpperCase()}${id.slice(1)}` });
    }
  }
  return components;
}

function isNamed(schema: unknown): schema is z.ZodType {
  return schema instanceof z.ZodObject || schema instanceof z.ZodUnion;
}
