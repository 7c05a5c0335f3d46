/** What a site says to `window.Kesher`, as the widget takes it. Anything else is a `TypeError` with a sentence for its developer. */
import type { VisitorDetails } from './visitor-details.ts';

const lengths = { name: 120, email: 254, phone: 40, company: 120, identity: 4_096 } as const;

/** Text that says something, and no more than fits. */
export function readText(given: unknown, what: string, max: number): string {
  if (typeof given !== 'string' || given.trim() === '') throw new TypeError(`${what} must be text.`);
  if (given.length > max) throw new TypeError(`${what} must have at most ${max} characters.`);
  return given;
}

/** Numbers and booleans become text; what is empty is left out. */
export function readFields(given: unknown, countMax = 30, valueMax = 1_000): Record<string, string> {
  const said = Object.entries(readRecord(given, 'the fields')).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (said.length > countMax) throw new TypeError(`there may be at most ${countMax} fields.`);
  return Object.fromEntries(
    said.map(([name, value]) => {
      if (!['string', 'number', 'boolean'].includes(typeof value) || Number.isNaN(value)) {
        throw new TypeError(`"${name}" must be text, a number or a boolean.`);
      }
      return [readText(name, 'the name of a field', 60), readText(String(value), `"${name}"`, valueMax)];
    }),
  );
}

export function readDetails(given: unknown): VisitorDetails & { identity?: string } {
  const { consent, fields, ...said } = readRecord(given, 'what is known');
  if (consent !== undefined && consent !== null && typeof consent !== 'boolean') throw new TypeError('"consent" must be true or false.');
  return {
    ...readLines(said, ['name', 'email', 'phone', 'company', 'identity']),
    ...(typeof consent === 'boolean' && { consent }),
    ...(fields !== undefined && fields !== null && { fields: readFields(fields) }),
  };
}

export function readPrefill(given: unknown): { name?: string; email?: string; phone?: string; text?: string } {
  const { text, ...said } = readRecord(given, 'what is laid ready');
  return { ...readLines(said, ['name', 'email', 'phone']), ...(isSaid(text) && { text: readText(text, '"text"', 8_000) }) };
}

function readLines<Name extends keyof typeof lengths>(
  said: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const told = names.filter((name) => isSaid(said[name])).map((name) => [name, readText(said[name], `"${name}"`, lengths[name])]);
  return Object.fromEntries(told);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function readRecord(given: unknown, what: string): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new TypeError(`${what} must be an object.`);
  return given as Record<string, unknown>;
}
