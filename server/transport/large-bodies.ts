/** JSON that is larger than any other request may be, from whoever is trusted with it. */
import express, { type RequestHandler } from 'express';
import type { Permission } from '../../shared/agent.ts';
import { requireCaller } from './route.ts';
import type { Wire } from './wire.ts';

/** Reads what is above `usualBytesMax`, and leaves the rest to whoever reads every request. */
export function readLargeBodies(
  wire: Wire,
  { permission, usualBytesMax, bytesMax }: { permission: Permission; usualBytesMax: number; bytesMax: number },
): RequestHandler {
  const large = express.json({ limit: bytesMax });
  return async (request, response, next) => {
    if (Number(request.headers['content-length'] ?? 0) <= usualBytesMax) return next();
    const { permissions, mustEnrol } = await requireCaller(wire, request);
    if (permissions.includes(permission) && !mustEnrol) large(request, response, next);
    else next();
  };
}
