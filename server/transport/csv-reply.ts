import type { Response } from 'express';

/** A table to keep, sent as it is written. Whatever refuses it does so before its first portion. */
export async function replyCsv(response: Response, name: string, portions: AsyncGenerator<string, void>): Promise<void> {
  const first = await portions.next();
  response.set({ 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` });
  if (!first.done) response.write(first.value);
  for await (const portion of portions) response.write(portion);
  response.end();
}
