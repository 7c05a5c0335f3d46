/** The wires through which all answers come and go at once. */
import type { RequestHandler, Router } from 'express';
import { answerExportSchema, answerImportReportSchema, answerImportSchema } from '../../shared/answer-import.ts';
import { readLargeBodies } from '../transport/large-bodies.ts';
import { route } from '../transport/route.ts';
import type { Wire } from '../transport/wire.ts';
import { writeExport } from './answer-export.ts';
import { importAnswers } from './answer-importing.ts';
import type { AnswerRoom } from './answers.ts';

/** As many characters as an import may have, in letters of two bytes and with what JSON puts around them. */
const IMPORT_BYTES_MAX = 20 * 1024 * 1024;
const permission = 'answers:manage';

/** Answers with all the phrasings that they can have, and files full of them. */
export function readLargeAnswers(wire: Wire, usualBytesMax: number): RequestHandler {
  return readLargeBodies(wire, { permission, usualBytesMax, bytesMax: IMPORT_BYTES_MAX });
}

/** Before the routes of single answers: `export` is no id. */
export function bindAnswerTransfers(room: AnswerRoom, router: Router): void {
  const { app } = room;
  router.get(
    '/answers/export',
    route(
      app,
      {
        permission,
        query: answerExportSchema,
        files: ['text/csv', 'application/json'],
        summary: 'Export all automatic answers as a file, CSV or JSON.',
      },
      async ({ response, query: { format } }) => {
        const day = new Date(app.now()).toISOString().slice(0, 10);
        response.set({
          'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
          'Content-Disposition': `attachment; filename="answers-${day}.${format}"`,
        });
        for await (const portion of writeExport(app, format)) response.write(portion);
        response.end();
      },
    ),
  );
  router.post(
    '/answers/import',
    route(
      app,
      {
        permission,
        body: answerImportSchema,
        summary: 'Take answers in from CSV or JSON; what is refused is reported by row, and the rest is taken or nothing, as asked.',
        reply: answerImportReportSchema,
      },
      ({ body }) => importAnswers(room, body),
    ),
  );
}
