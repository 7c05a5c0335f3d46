/** Ten imported calendars of a thousand days each are more than any other request may be: whoever manages settings may send them. */
import express, { type RequestHandler } from 'express';
import { requireCaller } from '../transport/route.ts';
import type { Wire } from '../transport/wire.ts';

/** All that the form can hold, with names in letters of two bytes. */
const HOURS_BYTES_MAX = 8 * 1024 * 1024;
const large = express.json({ limit: HOURS_BYTES_MAX });

/** Reads what is above `usualBytesMax`, and leaves the rest to whoever reads every request. */
export function readLargeCalendars(wire: Wire, usualBytesMax: number): RequestHandler {
  return async (request, response, next) => {
    if (Number(request.headers['content-length'] ?? 0) <= usualBytesMax) return next();
    const { permissions, mustEnrol } = await requireCaller(wire, request);
    if (permissions.includes('settings:manage') && !mustEnrol) large(request, response, next);
    else next();
  };
}
