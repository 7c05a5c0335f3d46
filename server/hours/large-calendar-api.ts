/** Ten imported calendars of a thousand days each are more than any other request may be: whoever manages settings may send them. */
import type { RequestHandler } from 'express';
import { readLargeBodies } from '../transport/large-bodies.ts';
import type { Wire } from '../transport/wire.ts';

/** All that the form can hold, with names in letters of two bytes. */
const HOURS_BYTES_MAX = 8 * 1024 * 1024;

export function readLargeCalendars(wire: Wire, usualBytesMax: number): RequestHandler {
  return readLargeBodies(wire, { permission: 'settings:manage', usualBytesMax, bytesMax: HOURS_BYTES_MAX });
}
