import * as z from 'zod';
import { callbackRequestSchema } from '../../shared/task.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Requests } from '../transport/answer.ts';
import { type CallbackRoom, listCallTimes, requestCallback } from './callbacks.ts';

export function bindVisitorCallbacks<Desk extends { seat: VisitorSeat }>(requests: Requests<Desk>, callbacks: CallbackRoom): void {
  const { app } = callbacks.room;
  requests.answer('callback:request', callbackRequestSchema, async (request, { seat }) => {
    await app.limits.spend('callbacks', seat.visitor.id);
    return requestCallback(callbacks, seat, request);
  });
  requests.answer('callback:times', z.object({}), async (_, { seat }) => {
    await app.limits.spend('callbackTimes', seat.visitor.id);
    return listCallTimes(app, seat);
  });
}
