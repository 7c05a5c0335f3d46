import { transcriptSendSchema } from '../../shared/conversation.ts';
import type { App } from '../app.ts';
import type { VisitorSeat } from '../conversations/visitor-sessions.ts';
import type { Postman } from '../mail/postman.ts';
import type { Requests } from '../transport/answer.ts';
import { sendTranscript } from './transcripts.ts';

export function bindVisitorTranscripts<Desk extends { seat: VisitorSeat }>(
  requests: Requests<Desk>,
  desk: { app: App; postman: Postman },
): void {
  requests.answer('transcript:send', transcriptSendSchema, (request, { seat }) => sendTranscript(desk, seat, request));
}
