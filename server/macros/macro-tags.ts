/** Macros follow a tag that gets another name. */
import { MACRO_TAGS_MAX, type MacroSteps } from '../../shared/macro.ts';
import { turnedNames } from '../../shared/tag-turn.ts';
import type { App, TagTurn } from '../app.ts';
import { laterThan } from '../canned/canned-responses.ts';
import type { Transaction } from '../storage/database.ts';
import type { MacroRow } from '../storage/tables.ts';
import { listTaggingMacroIds, lockMacros, updateMacro } from './macro-store.ts';
import { tellMacro } from './macros.ts';

/** The new name is put on from the first moment; off go both, until nothing carries the old one any more. */
export async function renameTagInMacros(app: App, trx: Transaction, turn: TagTurn): Promise<() => void> {
  const changed: MacroRow[] = [];
  for (const row of await lockMacros(trx, await listTaggingMacroIds(trx))) {
    const steps: MacroSteps = JSON.parse(row.steps);
    const addTags = turnedNames(steps.addTags, 'any', { ...turn, isOver: true, most: MACRO_TAGS_MAX });
    const removeTags = turnedNames(steps.removeTags, 'any', { ...turn, most: MACRO_TAGS_MAX });
    const turned = JSON.stringify({ ...steps, addTags, removeTags });
    if (turned === row.steps) continue;
    const next = { ...row, steps: turned, updatedAt: laterThan(row.updatedAt, app.now()) };
    await updateMacro(trx, next);
    changed.push(next);
  }
  return () => {
    for (const row of changed) tellMacro(app, row);
  };
}
