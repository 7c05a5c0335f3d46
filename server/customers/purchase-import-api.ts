import type { Router } from 'express';
import * as z from 'zod';
import {
  purchaseFileListSchema,
  purchaseFileRowPageSchema,
  purchaseFileRowQuerySchema,
  purchaseFileSchema,
  purchaseImportSchema,
  purchasePlanSchema,
  purchaseReportSchema,
  purchaseRunSchema,
  purchaseUploadSchema,
} from '../../shared/purchase-import.ts';
import type { App } from '../app.ts';
import { replyCsv } from '../transport/csv-reply.ts';
import { route } from '../transport/route.ts';
import { importPurchases } from './purchase-import-at-once.ts';
import {
  checkPurchaseFile,
  discardPurchaseFile,
  getPurchaseFile,
  listPurchaseFileRows,
  listPurchaseFiles,
  runPurchaseFile,
  stopPurchaseFile,
  takeInPurchases,
  undoPurchaseFile,
} from './purchase-imports.ts';
import { writeRefusedPurchases } from './refused-purchases.ts';

const permission = 'purchases:edit';
const reply = purchaseFileSchema;
const languageSchema = z.object({ language: z.enum(['he', 'en']).default('en') });

/** Before anybody reads bodies: a list in JSON is a file, too, however it calls itself. */
export function bindPurchaseUploadRoute(app: App, router: Router): void {
  router.post(
    '/purchase-imports',
    route(
      app,
      {
        permission,
        query: purchaseUploadSchema,
        status: 201,
        reply,
        summary: 'Take in a CSV or JSON file of purchases, which is the body as it is. Nothing is written before it was checked and run.',
      },
      async ({ caller, query, request }) => {
        await app.limits.spend('uploads', caller.agentId);
        return takeInPurchases(app, caller, query, request);
      },
    ),
  );
}

/** `wake`: there is work to do. */
export function bindPurchaseImportRoutes(app: App, router: Router, wake: () => void): void {
  const woken = <Result>(result: Result): Result => {
    wake();
    return result;
  };
  router.post(
    '/purchases/import',
    route(
      app,
      {
        permission,
        body: purchaseImportSchema,
        reply: purchaseReportSchema,
        summary: 'Read purchases from a CSV or JSON file, all of them or none.',
      },
      ({ caller, body }) => importPurchases(app, caller, body, wake),
    ),
  );
  router.get(
    '/purchase-imports',
    route(
      app,
      { permission, reply: purchaseFileListSchema, summary: "List the caller's latest files of purchases." },
      async ({ caller }) => ({
        items: await listPurchaseFiles(app, caller),
        next: null,
      }),
    ),
  );
  router.get(
    '/purchase-imports/:id',
    route(app, { permission, reply, summary: 'Show a file of purchases: how far it has come, and what was found.' }, ({ caller, param }) =>
      getPurchaseFile(app, caller, param('id')),
    ),
  );
  router.get(
    '/purchase-imports/:id/rows',
    route(
      app,
      {
        permission,
        query: purchaseFileRowQuerySchema,
        reply: purchaseFileRowPageSchema,
        summary: 'List rows of a file of purchases, with what becomes of each.',
      },
      ({ caller, param, query }) => listPurchaseFileRows(app, caller, param('id'), query),
    ),
  );
  router.get(
    '/purchase-imports/:id/refused',
    route(
      app,
      {
        permission,
        query: languageSchema,
        summary: 'Export the rows of purchases that were refused as a CSV file, each with what is wrong.',
      },
      ({ caller, param, query, response }) =>
        replyCsv(response, 'refused.csv', writeRefusedPurchases(app, caller, param('id'), query.language)),
    ),
  );
  router.post(
    '/purchase-imports/:id/check',
    route(
      app,
      {
        permission,
        body: purchasePlanSchema,
        status: 202,
        reply,
        summary: 'Judge every row of purchases, in the background; nothing is written.',
      },
      async ({ caller, param, body }) => woken(await checkPurchaseFile(app, caller, param('id'), body)),
    ),
  );
  router.post(
    '/purchase-imports/:id/run',
    route(
      app,
      { permission, body: purchaseRunSchema, status: 202, reply, summary: 'Write the purchases that the check has found good.' },
      async ({ caller, param, body }) => woken(await runPurchaseFile(app, caller, param('id'), body.skipsRefused)),
    ),
  );
  router.post(
    '/purchase-imports/:id/cancel',
    route(
      app,
      { permission, reply, summary: 'Stop an import of purchases: what it has written is taken back.' },
      async ({ caller, param }) => woken(await stopPurchaseFile(app, caller, param('id'))),
    ),
  );
  router.post(
    '/purchase-imports/:id/undo',
    route(
      app,
      { permission, reply, summary: 'Take an import of purchases back, within seven days; what somebody has changed since stays.' },
      async ({ caller, param }) => woken(await undoPurchaseFile(app, caller, param('id'))),
    ),
  );
  router.delete(
    '/purchase-imports/:id',
    route(app, { permission, summary: 'Forget a file of purchases that was not run.' }, ({ caller, param }) =>
      discardPurchaseFile(app, caller, param('id')),
    ),
  );
}
