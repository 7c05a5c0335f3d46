import { ACCEPTED_FILES, ATTACHMENTS_MAX } from '../shared/attachment.ts';

type Why = 'fileTooLarge' | 'fileKind' | 'fileTooMany';

/** What is told at once instead of after an upload. The server looks again, and closer. */
export function refuseFiles(
  chosen: readonly File[],
  { held, bytesMax }: { held: number; bytesMax: number },
): { good: File[]; refused: { why: Why; name: string }[] } {
  const good: File[] = [];
  const refused: { why: Why; name: string }[] = [];
  for (const file of chosen) {
    const why =
      held + good.length >= ATTACHMENTS_MAX ? 'fileTooMany' : file.size > bytesMax ? 'fileTooLarge' : isKnown(file) ? null : 'fileKind';
    if (why === null) good.push(file);
    else if (why !== 'fileTooMany' || !refused.some((other) => other.why === why)) refused.push({ why, name: file.name });
  }
  return { good, refused };
}

function isKnown({ name, type }: File): boolean {
  const ending = /\.\w+$/.exec(name.toLowerCase())?.[0] ?? '?';
  return ACCEPTED_FILES.split(',').some(
    (one) => one === ending || one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))),
  );
}
